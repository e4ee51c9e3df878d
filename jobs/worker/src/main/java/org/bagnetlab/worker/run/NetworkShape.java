package org.bagnetlab.worker.run;

import java.util.Optional;
import java.util.OptionalInt;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;

/**
 * The properties of a network apart from its weights and classes.
 *
 * @param architecture a registered name
 * @param width factor on its channel counts
 * @param imageSize side of its input images in pixels
 */
public record NetworkShape(String architecture, double width, int imageSize) {

  /** The shape of a training's network. */
  public static NetworkShape of(TrainSpec training) {
    return new NetworkShape(training.architecture(), training.width(), training.imageSize());
  }

  static NetworkShape of(ImportedNetwork imported, int imageSize) {
    return new NetworkShape(imported.architecture(), imported.width(), imageSize);
  }

  /** The registered description of the network. */
  public Blueprint blueprint() {
    return Architectures.find(architecture)
        .orElseThrow(
            () ->
                new InvalidJob(
                    "architecture-unknown",
                    "architecture",
                    "There is no architecture '%s'.".formatted(architecture)));
  }

  /** Builds the architecture for a number of classes. */
  public Architecture build(int classes) {
    try {
      Architecture built = blueprint().build(classes, width, imageSize);
      built.shapes();
      return built;
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("image-too-small", "imageSize", String.valueOf(e.getMessage()));
    }
  }

  /** The sizes that determine the cost of work on a number of images. */
  public Workload workload(int images) {
    return Run.workload(this, 0, 0, images, 0);
  }

  /** The patches whose evidence the network adds up; empty if it has no local receptive field. */
  Optional<Workload.Patches> patches() {
    if (!blueprint().bagOfLocalFeatures()) {
      return Optional.empty();
    }
    ArchitectureDescription description = ArchitectureDescription.of(build(2));
    return description
        .receptiveField()
        .map(side -> new Workload.Patches(side, description.outputStride()));
  }

  /** Distance in pixels between patches; empty if the network has no local receptive field. */
  public OptionalInt outputStride() {
    return blueprint().bagOfLocalFeatures()
        ? OptionalInt.of(ArchitectureDescription.of(build(2)).outputStride())
        : OptionalInt.empty();
  }
}
