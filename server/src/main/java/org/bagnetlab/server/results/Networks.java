package org.bagnetlab.server.results;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.Description;

/**
 * The networks of Table 1 and their receptive fields, which follow from their graphs; those that
 * are not built yet are named only.
 */
public final class Networks {

  /** The report's: 15 scenes, images of 224 pixels. */
  private static final int CLASSES = 15;

  private static final int IMAGE_SIZE = 224;

  /** Of the public implementations, with 15 classes; the others are counted. */
  private static final Map<String, Long> PARAMETERS_OF_UNBUILT =
      Map.of("densenet121", 6_969_231L, "densenet169", 12_509_455L, "cbam_resnet50", 26_071_359L);

  private final Published published;
  private final Map<String, Description> descriptions = new ConcurrentHashMap<>();

  /** The networks of this table. */
  public Networks(Published published) {
    this.published = published;
  }

  /**
   * A network in a list.
   *
   * @param name in requests and results
   * @param label the name as people write it
   * @param receptiveField in pixels; absent: the whole image
   * @param parameters with 15 classes, at width 1
   * @param trainable whether it is built yet
   */
  public record Network(
      String name,
      String label,
      Optional<Integer> receptiveField,
      long parameters,
      boolean trainable) {}

  /** The networks of Table 1 in its order, then any others. */
  public List<Network> list() {
    Stream<String> table = published.table1().stream().map(Published.Row::architecture);
    Stream<String> built = built().stream().map(Blueprint::name);
    return Stream.concat(table, built).distinct().map(this::network).toList();
  }

  private Network network(String name) {
    Optional<Blueprint> blueprint = Architectures.find(name);
    return new Network(
        name,
        label(name),
        receptiveField(name, IMAGE_SIZE),
        blueprint
            .map(built -> description(built).parameters())
            .orElseGet(() -> PARAMETERS_OF_UNBUILT.getOrDefault(name, 0L)),
        blueprint.isPresent());
  }

  /** The networks that are built, in the order of Table 1. */
  List<Blueprint> built() {
    return Architectures.all().stream()
        .sorted(Comparator.comparing(blueprint -> published.place(blueprint.name())))
        .toList();
  }

  /** The name as people write it. */
  String label(String architecture) {
    return Architectures.find(architecture)
        .map(Blueprint::label)
        .or(() -> published.row(architecture).map(Published.Row::label))
        .orElse(architecture);
  }

  /** Side of the patch that decides, in pixels; empty: the whole of an image of this size. */
  Optional<Integer> receptiveField(String architecture, int imageSize) {
    return Architectures.find(architecture)
        .flatMap(blueprint -> description(blueprint).receptiveField())
        .filter(pixels -> pixels < imageSize);
  }

  /** The network as in the report. */
  Description description(Blueprint blueprint) {
    return descriptions.computeIfAbsent(
        blueprint.name(), name -> Description.of(blueprint.build(CLASSES, 1, IMAGE_SIZE)));
  }
}
