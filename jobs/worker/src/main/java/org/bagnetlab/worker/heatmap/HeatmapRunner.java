package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.heatmap.HeatmapSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runner;
import org.bagnetlab.worker.run.SubjectNetwork;

/** Draws an image's heatmap with the network of an earlier run, or an imported one. */
public final class HeatmapRunner implements Runner<HeatmapSpec> {

  @Override
  public WorkerEvent.End run(HeatmapSpec spec, Run run) throws IOException {
    try (SubjectNetwork subject = run.network(spec)) {
      SceneDataset dataset = subject.dataset();
      SceneImage image = image(spec, subject);
      Explanation explanation =
          new Explanation(run, subject.shape(), subject.scramble(), spec.stride(), spec.mode());
      int label =
          spec.label().isPresent()
              ? label(dataset, spec.label().get())
              : explanation.predicted(
                  subject.network(), dataset.read(image, subject.shape().imageSize()));
      explanation.explainCoarseToFine(
          subject.network(),
          dataset,
          image,
          label,
          new HeatmapExperiment().cost(spec, subject.workload(0, 1)));
    }
    return new WorkerEvent.Succeeded();
  }

  private static SceneImage image(HeatmapSpec spec, SubjectNetwork subject) {
    if (spec.image().isEmpty()) {
      return subject
          .split()
          .map(split -> Explanation.samples(split).get(0))
          .orElseGet(() -> subject.dataset().images().get(0));
    }
    String path = spec.image().get();
    return subject
        .dataset()
        .find(path)
        .orElseThrow(
            () ->
                new InvalidJob(
                    "image-unknown",
                    "image",
                    "Data set %s has no image '%s'.".formatted(subject.dataset().name(), path)));
  }

  private static int label(SceneDataset dataset, String name) {
    int label = dataset.classes().indexOf(name);
    if (label < 0) {
      throw new InvalidJob(
          "class-unknown",
          "label",
          "Data set %s has no class '%s'. Its classes: %s."
              .formatted(dataset.name(), name, String.join(", ", dataset.classes())));
    }
    return label;
  }
}
