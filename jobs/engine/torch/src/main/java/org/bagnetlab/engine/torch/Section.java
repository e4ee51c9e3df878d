package org.bagnetlab.engine.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;

/**
 * Nodes of a network that are computed together.
 *
 * @param nodes in an order in which each stands after those of its inputs that are among them
 * @param results names of the nodes whose outputs are wanted
 * @param readers how many of the nodes take each output, by its name
 */
record Section(List<Node> nodes, Set<String> results, Map<String, Integer> readers) {

  static Section of(List<Node> nodes, Set<String> results) {
    Map<String, Integer> readers = new HashMap<>();
    for (Node node : nodes) {
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    return new Section(List.copyOf(nodes), Set.copyOf(results), Map.copyOf(readers));
  }

  /** From the image to the logits. */
  static Section whole(Architecture architecture) {
    return of(architecture.nodes(), Set.of(architecture.classifier().name()));
  }

  /** From the image to the logits and to the last feature map. */
  static Section wholeWithFeatures(Architecture architecture) {
    return of(
        architecture.nodes(),
        Set.of(architecture.classifier().name(), architecture.pool().input()));
  }

  /** From the image to the last feature map. */
  static Section features(Architecture architecture) {
    List<Node> nodes = architecture.nodes();
    return of(nodes.subList(0, nodes.size() - 2), Set.of(architecture.pool().input()));
  }
}
