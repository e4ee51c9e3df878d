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
import org.bagnetlab.worker.run.TrainedNetwork;

/** Draws a test image's heatmap with the network of an earlier run. */
public final class HeatmapRunner implements Runner<HeatmapSpec> {

  @Override
  public WorkerEvent.End run(HeatmapSpec spec, Run run) throws IOException {
    try (TrainedNetwork trained = run.trained()) {
      SceneDataset dataset = trained.dataset();
      SceneImage image = image(spec, trained);
      Explanation explanation =
          new Explanation(run, trained.training(), spec.stride(), spec.mode());
      int label =
          spec.label().isPresent()
              ? label(dataset, spec.label().get())
              : explanation.predicted(
                  trained.network(), dataset.read(image, trained.training().imageSize()));
      explanation.explainCoarseToFine(
          trained.network(),
          dataset,
          image,
          label,
          new HeatmapExperiment().cost(spec, trained.workload()));
    }
    return new WorkerEvent.Succeeded();
  }

  private static SceneImage image(HeatmapSpec spec, TrainedNetwork trained) {
    if (spec.image().isEmpty()) {
      return Explanation.samples(trained.split()).get(0);
    }
    String path = spec.image().get();
    return trained
        .dataset()
        .find(path)
        .orElseThrow(
            () ->
                new InvalidJob(
                    "image-unknown",
                    "image",
                    "Data set %s has no image '%s'.".formatted(trained.dataset().name(), path)));
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
