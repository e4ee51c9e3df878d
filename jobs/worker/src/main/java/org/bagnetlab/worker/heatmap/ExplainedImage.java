package org.bagnetlab.worker.heatmap;

import java.io.IOException;
import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.SubjectNetwork;

/**
 * The image and the class that a job explains.
 *
 * @param image the image
 * @param label index of the explained class
 */
public record ExplainedImage(SceneImage image, int label) {

  /**
   * The image and the class that a job names, or their defaults.
   *
   * @throws InvalidJob if the data set lacks them
   */
  public static ExplainedImage of(NetworkSpec spec, SubjectNetwork subject) throws IOException {
    SceneDataset dataset = subject.dataset();
    SceneImage image = image(spec, subject);
    Optional<String> named = spec.find(NetworkParameters.LABEL);
    int label =
        named.isPresent()
            ? label(dataset, named.get())
            : Sample.predicted(subject.network(), dataset.read(image, subject.shape().imageSize()));
    return new ExplainedImage(image, label);
  }

  private static SceneImage image(NetworkSpec spec, SubjectNetwork subject) {
    Optional<String> named = spec.find(NetworkParameters.IMAGE);
    if (named.isEmpty()) {
      return subject
          .split()
          .map(split -> Explanation.samples(split).get(0))
          .orElseGet(() -> subject.dataset().images().get(0));
    }
    String path = named.get();
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
