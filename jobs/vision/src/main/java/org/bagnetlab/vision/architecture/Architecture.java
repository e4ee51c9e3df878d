package org.bagnetlab.vision.architecture;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;

/**
 * A network for square images of one size, as an immutable graph: nodes in topological order, with
 * parameters in the order of the network's public checkpoint. It ends in a global average pool and
 * a linear layer.
 *
 * @param name registered name, for example {@code bagnet33}
 * @param nodes the graph
 */
public record Architecture(String name, List<Node> nodes) {

  /**
   * Checks the graph.
   *
   * @throws IllegalArgumentException if a node comes before its input, a name is used twice, or the
   *     graph does not begin with an input and end with a global average pool and a linear layer
   */
  public Architecture {
    nodes = List.copyOf(nodes);
    Set<String> seen = new HashSet<>();
    for (Node node : nodes) {
      if (!seen.containsAll(node.inputs())) {
        throw new IllegalArgumentException(node.name() + " precedes its input");
      }
      if (!seen.add(node.name())) {
        throw new IllegalArgumentException("duplicate node name: " + node.name());
      }
    }
    if (nodes.size() < 3
        || !(nodes.get(0) instanceof Input)
        || !(nodes.get(nodes.size() - 2) instanceof GlobalAveragePool)
        || !(nodes.get(nodes.size() - 1) instanceof Linear)) {
      throw new IllegalArgumentException(
          name + " must start with the input and end with a global pool and a linear layer");
    }
  }

  /** The input node. */
  public Input input() {
    return (Input) nodes.get(0);
  }

  /** The global average pool between the features and the classifier. */
  public GlobalAveragePool pool() {
    return (GlobalAveragePool) nodes.get(nodes.size() - 2);
  }

  /** The classifier, whose outputs are the logits. */
  public Linear classifier() {
    return (Linear) nodes.get(nodes.size() - 1);
  }

  /**
   * The side in pixels of the image patches whose evidence the network adds up. In a network
   * without padding, every position of the last feature map is the same function of its patch, so
   * the logits are the mean of a map of patch logits. A heatmap shows this map. Empty if features
   * depend on more than a local patch.
   */
  public Optional<Integer> localReceptiveField() {
    boolean padded = nodes.stream().anyMatch(node -> node.window().padding() > 0);
    return padded
        ? Optional.empty()
        : Objects.requireNonNull(ReceptiveField.of(this).get(pool().input())).pixels();
  }

  /** The number of classes. */
  public int classes() {
    return classifier().outputs();
  }

  /**
   * The output shape of every node by name, in the graph's order.
   *
   * @throws IllegalArgumentException if the image is too small for a node
   */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Node node : nodes) {
      Shape shape = node.shape(inputsOf(node, shapes));
      if (shape.height() < 1 || shape.width() < 1) {
        throw new IllegalArgumentException(
            "An image of %d pixels is too small for %s: nothing is left at %s."
                .formatted(input().image().height(), name, node.name()));
      }
      shapes.put(node.name(), shape);
    }
    return shapes;
  }

  /** The shape of the features before the global pool. */
  public Shape lastMap() {
    return Objects.requireNonNull(shapes().get(pool().input()));
  }

  /** Whether the last feature map has one position only, so that nothing is located in it. */
  public boolean hasSinglePosition() {
    Shape last = lastMap();
    return last.height() == 1 && last.width() == 1;
  }

  /** All tensors, in the order of a checkpoint: parameters and running statistics. */
  public List<Tensor> tensors() {
    Map<String, Shape> shapes = shapes();
    return nodes.stream().flatMap(node -> tensors(node, shapes).stream()).toList();
  }

  /**
   * The tensors of a node.
   *
   * @param shapes those of {@link #shapes}
   */
  public List<Tensor> tensors(Node node, Map<String, Shape> shapes) {
    return node.tensors(inputChannels(node, shapes));
  }

  /**
   * The same graph, with the momentum of the running statistics raised to at least this value.
   * Training from scratch needs this, since some original networks use a small momentum that only
   * works if the statistics start from pretrained values.
   */
  public Architecture withMomentumAtLeast(double momentum) {
    return new Architecture(
        name,
        nodes.stream()
            .map(
                node ->
                    node instanceof BatchNorm norm && norm.momentum() < momentum
                        ? new BatchNorm(norm.name(), norm.input(), momentum, norm.scale())
                        : node)
            .toList());
  }

  /** The same graph for images of another size. */
  public Architecture withImage(Shape image) {
    return new Architecture(
        name,
        nodes.stream()
            .map(node -> node instanceof Input input ? new Input(input.name(), image) : node)
            .toList());
  }

  /** The shapes of a node's inputs. */
  static List<Shape> inputsOf(Node node, Map<String, Shape> shapes) {
    return node.inputs().stream().map(input -> Objects.requireNonNull(shapes.get(input))).toList();
  }

  /** The number of channels of a node's first input; 0 for the image itself. */
  static int inputChannels(Node node, Map<String, Shape> shapes) {
    return inputsOf(node, shapes).stream().mapToInt(Shape::channels).findFirst().orElse(0);
  }

  /**
   * Checks that weights match {@link #tensors()}.
   *
   * @param weights values of each tensor, by name
   * @throws IllegalArgumentException if a tensor is missing, unknown or has the wrong size; the
   *     message names it
   */
  public void requireWeights(Map<String, float[]> weights) {
    Set<String> unknown = new TreeSet<>(weights.keySet());
    for (Tensor tensor : tensors()) {
      float[] values = weights.get(tensor.name());
      if (values == null) {
        throw new IllegalArgumentException("The weights have no tensor " + tensor.name() + ".");
      }
      if (values.length != tensor.elements()) {
        throw new IllegalArgumentException(
            "Tensor %s has %d values, but %s needs %s."
                .formatted(tensor.name(), values.length, name(), tensor.shape()));
      }
      unknown.remove(tensor.name());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no tensor %s.".formatted(name(), unknown.iterator().next()));
    }
  }
}
