package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.WidthFactor;
import org.bagnetlab.vision.network.InitialWeights;

/**
 * The weights of a checkpoint, fitted to a network of this project.
 *
 * @param blueprint the network
 * @param width factor for its channel counts
 * @param classes number of classes
 * @param values values of every tensor of the network, by its name, in PyTorch's layout
 * @param notes notes for users on how the weights were fitted, one sentence each
 */
public record FittedWeights(
    Blueprint blueprint,
    double width,
    int classes,
    Map<String, float[]> values,
    List<String> notes) {

  /**
   * Fits a checkpoint to a network: renames its tensors and compares every shape.
   *
   * @param width factor for the channel counts; if empty, it is determined from the shapes in the
   *     file
   * @throws IOException if a tensor is missing or unexpected, has the wrong shape, or has values
   *     that are not finite; the message names it
   */
  public static FittedWeights of(CheckpointFile file, Blueprint blueprint, Optional<Double> width)
      throws IOException {
    if (width.isPresent() && !WidthFactor.possible(width.get())) {
      throw new IOException(
          "The width must be from %s to %.0f, but is %s."
              .formatted(WidthFactor.SMALLEST, WidthFactor.LARGEST, width.get()));
    }
    NamedTensors tensors = NamedTensors.of(file, blueprint.renaming());
    FittedArchitecture fitted =
        width
            .or(() -> writtenWidth(file))
            .map(known -> FittedArchitecture.ofWidth(tensors, blueprint, known))
            .orElseGet(() -> FittedArchitecture.find(tensors, blueprint));
    new FitCheck(file, tensors, blueprint, fitted).run();
    Map<String, float[]> values = new LinkedHashMap<>();
    fitted
        .architecture()
        .tensors()
        .forEach(
            tensor ->
                values.put(
                    tensor.name(), tensors.find(tensor.name()).orElseThrow().tensor().values()));
    return new FittedWeights(
        blueprint,
        fitted.width(),
        fitted.architecture().classes(),
        values,
        FitNotes.of(tensors, blueprint));
  }

  /**
   * The network whose names and shapes match a checkpoint best; empty if no network shares at least
   * nine tenths of the names.
   */
  public static Optional<Blueprint> bestMatch(CheckpointFile file) {
    return NetworkMatch.best(file);
  }

  /**
   * The weights with a new classifier for a different number of classes, and with a note that says
   * so. If the number of classes is the same, nothing changes.
   *
   * @param seed seed of the new classifier's weights
   */
  public FittedWeights withClasses(int newClasses, long seed) {
    return newClasses == classes ? this : withNewClassifier(newClasses, seed);
  }

  /**
   * The weights with a new classifier, also if it has as many classes, and with a note that says
   * so.
   *
   * @param seed seed of the new classifier's weights
   */
  public FittedWeights withNewClassifier(int newClasses, long seed) {
    Architecture architecture = blueprint.build(newClasses, width, FittedArchitecture.IMAGE_SIZE);
    Map<String, float[]> initial = InitialWeights.of(architecture, seed);
    Map<String, float[]> changed = new LinkedHashMap<>(values);
    String head = architecture.classifier().name();
    for (String name : List.of(head + ".weight", head + ".bias")) {
      changed.put(name, Objects.requireNonNull(initial.get(name)));
    }
    List<String> said = new ArrayList<>(notes);
    said.add(
        "The classifier for %d classes (%s.weight, %s.bias) was replaced by a new one for %d."
            .formatted(classes, head, head, newClasses));
    return new FittedWeights(blueprint, width, newClasses, changed, List.copyOf(said));
  }

  /** The network, for images of an arbitrary size, since its tensors do not depend on the size. */
  public Architecture architecture() {
    return architecture(FittedArchitecture.IMAGE_SIZE);
  }

  /** The network for images of this size. */
  public Architecture architecture(int imageSize) {
    return blueprint.build(classes, width, imageSize);
  }

  /** The width stated in the metadata of a file written by this project. */
  private static Optional<Double> writtenWidth(CheckpointFile file) {
    return file.format() == CheckpointFile.Format.BAGNETLAB
        ? NetworkFacts.in(file.metadata()).width()
        : Optional.empty();
  }
}
