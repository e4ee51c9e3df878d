package org.bagnetlab.server.results.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Patches;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.bagnetlab.vision.dataset.generated.PatchReadouts;

/**
 * The networks of Table 1 and the networks compared with them, with properties computed from their
 * graphs.
 */
public final class Networks {

  /** Number of classes in the report, which uses 15 scenes and images of 224 pixels. */
  private static final int CLASSES = 15;

  private static final int IMAGE_SIZE = 224;

  private final Published published;
  private final Map<String, ArchitectureDescription> descriptions = new ConcurrentHashMap<>();

  /** Receptive fields of networks that are bags of local features, by name. */
  private final Map<String, Optional<Integer>> localFields = new ConcurrentHashMap<>();

  /** Lists networks in the order of this table. */
  public Networks(Published published) {
    this.published = published;
  }

  /**
   * A network in a list.
   *
   * @param name name used in requests and results
   * @param label display name
   * @param family the heading under which it is listed
   * @param receptiveField receptive field in pixels; absent if it is the whole image
   * @param parameters number of parameters for 15 classes at width 1
   */
  public record Network(
      String name,
      String label,
      String family,
      Optional<Integer> receptiveField,
      long parameters) {}

  /** All networks. */
  public List<Network> list() {
    return all().stream().map(this::network).toList();
  }

  /** The list entry of a network. */
  public Network network(Blueprint blueprint) {
    return new Network(
        blueprint.name(),
        blueprint.label(),
        blueprint.family().label(),
        receptiveField(blueprint.name(), IMAGE_SIZE),
        description(blueprint).parameters());
  }

  /** The networks of Table 1 in its order, followed by all others. */
  public List<Blueprint> all() {
    return Architectures.all().stream()
        .sorted(Comparator.comparing(blueprint -> published.place(blueprint.name())))
        .toList();
  }

  /** The display name. */
  public String label(String architecture) {
    return Architectures.find(architecture).map(Blueprint::label).orElse(architecture);
  }

  /**
   * The receptive field: the side length in pixels of the patch on which a decision is based. Empty
   * if it is the whole of an image of this size.
   */
  public Optional<Integer> receptiveField(String architecture, int imageSize) {
    return Architectures.find(architecture)
        .flatMap(blueprint -> description(blueprint).receptiveField())
        .filter(pixels -> pixels < imageSize);
  }

  /**
   * The patches of a network on images of this size. Empty if the network sees the whole image, or
   * pads it.
   */
  public Optional<Patches> patches(String architecture, int imageSize) {
    return Architectures.find(architecture)
        .filter(blueprint -> localReceptiveField(blueprint).isPresent())
        .map(this::description)
        .flatMap(
            description ->
                description
                    .receptiveField()
                    .filter(field -> field <= imageSize)
                    .map(field -> new Patches(field, description.outputStride(), imageSize)));
  }

  /**
   * The accuracy of a linear bag of a network's patches under cross-entropy, on images whose ground
   * truth is known. If the network uses padding, this is the accuracy for the whole image, since
   * positions near the border can detect where they are.
   */
  public Optional<Double> linearBagLimit(String architecture, String dataset) {
    return dataset.equals(Controlled15.NAME)
        ? Optional.of(
            Controlled15.linearBagLimit(
                Architectures.find(architecture)
                    .flatMap(this::localReceptiveField)
                    .orElse(Controlled15.SMALLEST_IMAGE)))
        : Optional.empty();
  }

  private Optional<Integer> localReceptiveField(Blueprint blueprint) {
    return localFields.computeIfAbsent(blueprint.name(), name -> blueprint.localReceptiveField());
  }

  /** The accuracies of other readouts of a network's patches, if known. */
  public Optional<PatchReadouts> readouts(String architecture, String dataset, int imageSize) {
    return patches(architecture, imageSize)
        .filter(patches -> dataset.equals(Controlled15.NAME))
        .flatMap(
            patches -> Controlled15.readouts(patches.field(), patches.stride(), patches.image()));
  }

  /** The number of parameters of the network of a training; empty if its classes are not known. */
  public Optional<Long> parameters(TrainSpec training, List<String> classes) {
    return Architectures.find(training.architecture())
        .filter(blueprint -> !classes.isEmpty())
        .map(
            blueprint ->
                ArchitectureDescription.of(
                        blueprint.build(classes.size(), training.width(), training.imageSize()))
                    .parameters());
  }

  /** The network as in the report. */
  public ArchitectureDescription description(Blueprint blueprint) {
    return descriptions.computeIfAbsent(
        blueprint.name(),
        name -> ArchitectureDescription.of(blueprint.build(CLASSES, 1, IMAGE_SIZE)));
  }
}
