package org.bagnetlab.engine.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;

/**
 * A part of a network: nodes that are computed together.
 *
 * @param nodes nodes, each after those of its inputs that are in the section
 * @param results names of the nodes whose outputs are needed
 * @param readers number of nodes that read each output, by its name
 */
record Section(List<Node> nodes, Set<String> results, Map<String, Integer> readers) {

  static Section of(List<Node> nodes, Set<String> results) {
    Map<String, Integer> readers = new HashMap<>();
    for (Node node : nodes) {
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    return new Section(List.copyOf(nodes), Set.copyOf(results), Map.copyOf(readers));
  }

  /** The section from the image to the logits. */
  static Section whole(Architecture architecture) {
    return of(architecture.nodes(), Set.of(architecture.classifier().name()));
  }

  /** The section from the image to the logits, with the last feature map as a second result. */
  static Section wholeWithFeatures(Architecture architecture) {
    return of(
        architecture.nodes(),
        Set.of(architecture.classifier().name(), architecture.pool().input()));
  }

  /** The section from the image to the last feature map. */
  static Section features(Architecture architecture) {
    List<Node> nodes = architecture.nodes();
    return of(nodes.subList(0, nodes.size() - 2), Set.of(architecture.pool().input()));
  }
}
