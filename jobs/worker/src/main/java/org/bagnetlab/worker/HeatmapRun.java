package org.bagnetlab.worker;

import java.io.IOException;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.network.Network;

/** Draws a test image's heatmap with the network of an earlier run. */
final class HeatmapRun {

  private final Run run;
  private final JobSpec.Heatmap spec;
  private final Assignment.Subject subject;

  HeatmapRun(Run run, JobSpec.Heatmap spec, Assignment.Subject subject) {
    this.run = run;
    this.spec = spec;
    this.subject = subject;
  }

  void run() throws IOException {
    SceneDataset dataset = run.dataset(subject.spec());
    SceneImage image = image(dataset);
    Progress progress = new Progress(run.events());
    Explanation explanation =
        new Explanation(
            run, progress, run.blueprint(subject.spec()), subject.spec(), spec.stride());
    try (Network network = run.network(subject, dataset)) {
      int label =
          spec.label().isPresent()
              ? label(dataset, spec.label().get())
              : explanation.predicted(network, dataset.read(image, subject.spec().imageSize()));
      explanation.explainCoarselyFirst(network, dataset, image, label);
    }
  }

  private SceneImage image(SceneDataset dataset) {
    if (spec.image().isEmpty()) {
      return Explanation.samples(run.split(dataset, subject.spec())).get(0);
    }
    String path = spec.image().get();
    return dataset
        .find(path)
        .orElseThrow(
            () ->
                new InvalidJob(
                    "image-unknown",
                    "image",
                    "Data set %s has no image '%s'.".formatted(dataset.name(), path)));
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
