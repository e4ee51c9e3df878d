package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A part of a network that is computed exactly for the patches at every s-th pixel of one image,
 * with only slightly more arithmetic than one pass with all strides set to 1.
 *
 * <p>A stride keeps every second row and column of a convolution's output: one of four phases. The
 * network is cut after each stride that makes the map coarser than s. Convolutions with such a
 * stride are computed at every position, and the nodes after them for each of the four phases in
 * turn, on every second row and column of the same values. No convolution needs dilation, and the
 * phases share memory.
 *
 * @param nodes nodes between two cuts, in the architecture's order
 * @param cut names of the nodes whose stride was removed; the next section reads the phases of
 *     their outputs
 */
public record PhaseSection(List<Node> nodes, Set<String> cut) {

  /**
   * Cuts a network without padding after each convolution whose stride makes the map coarser than
   * s, and removes that stride.
   *
   * @param stride the stride s, a power of two up to the output stride
   */
  public static List<PhaseSection> of(Architecture architecture, int stride) {
    Map<String, Integer> strides = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    List<PhaseSection> sections = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      List<Integer> read = node.inputs().stream().map(places::get).distinct().toList();
      if (read.size() > 1 || node.window().padding() > 0) {
        throw inseparable(node);
      }
      int place = read.isEmpty() ? 0 : read.get(0);
      int before =
          node.inputs().isEmpty() ? 1 : Objects.requireNonNull(strides.get(node.inputs().get(0)));
      if (place == sections.size()) {
        sections.add(new PhaseSection(new ArrayList<>(), new LinkedHashSet<>()));
      }
      PhaseSection section = sections.get(place);
      boolean cuts = node.window().stride() > 1 && before >= stride;
      section.nodes.add(cuts ? dense(node) : node);
      if (cuts) {
        section.cut.add(node.name());
      }
      strides.put(node.name(), before * node.window().stride());
      places.put(node.name(), cuts ? place + 1 : place);
    }
    return sections;
  }

  private static Node dense(Node node) {
    if (node instanceof Node.Convolution strided && strided.window().stride() == 2) {
      Window window = new Window(strided.window().kernel(), 1, 0);
      return new Node.Convolution(
          strided.name(),
          strided.input(),
          strided.channels(),
          window,
          strided.fan(),
          strided.bias());
    }
    throw inseparable(node);
  }

  private static IllegalArgumentException inseparable(Node node) {
    return new IllegalArgumentException(
        "The strides at %s cannot be separated into phases.".formatted(node.name()));
  }
}
