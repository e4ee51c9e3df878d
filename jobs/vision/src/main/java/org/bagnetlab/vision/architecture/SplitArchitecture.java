package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bagnetlab.vision.architecture.Node.AveragePool;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;

/**
 * A network as two networks, one after the other: training the second one alone changes the last
 * layers of the whole network, while the features before them stay what they are.
 *
 * @param whole the whole network
 * @param features computes a feature map; its classifier is the identity, with a class for each
 *     channel, so that its logit map is the feature map
 * @param rest the remaining layers, whose input is the feature map
 */
public record SplitArchitecture(Architecture whole, Architecture features, Architecture rest) {

  private static final String POOL = "features.pool";
  private static final String IDENTITY = "features.identity";
  private static final String COPY = "features.copy";
  private static final String MAP = "features.map";

  /**
   * Splits a network as late as possible.
   *
   * @param rest names of the tensors of the second part
   * @throws IllegalArgumentException if no single feature map separates them from the others
   */
  public static SplitArchitecture of(Architecture whole, Set<String> rest) {
    Map<String, Shape> shapes = whole.shapes();
    List<Node> nodes = whole.nodes();
    // The pool and the classifier are always in the second part.
    for (int cut = nodes.size() - 3; cut > 0; cut--) {
      if (separates(cut, nodes) && isBetween(cut, nodes, shapes, rest)) {
        return at(whole, cut, shapes);
      }
    }
    throw new IllegalArgumentException(
        "%s has no feature map before its last layers alone".formatted(whole.name()));
  }

  /** Whether the nodes after one read no other earlier node. */
  private static boolean separates(int cut, List<Node> nodes) {
    Set<String> before = Set.copyOf(nodes.subList(0, cut).stream().map(Node::name).toList());
    return nodes.subList(cut + 1, nodes.size()).stream()
        .flatMap(node -> node.inputs().stream())
        .noneMatch(before::contains);
  }

  /** Whether the nodes after one, and no others, have these tensors. */
  private static boolean isBetween(
      int cut, List<Node> nodes, Map<String, Shape> shapes, Set<String> tensors) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean after = i > cut;
      if (node.tensors(Architecture.inputChannels(node, shapes)).stream()
          .anyMatch(tensor -> tensors.contains(tensor.name()) != after)) {
        return false;
      }
    }
    return true;
  }

  private static SplitArchitecture at(Architecture whole, int cut, Map<String, Shape> shapes) {
    List<Node> nodes = whole.nodes();
    String last = nodes.get(cut).name();
    Shape map = Objects.requireNonNull(shapes.get(last));
    List<Node> first = new ArrayList<>(nodes.subList(0, cut + 1));
    first.add(new GlobalAveragePool(POOL, last));
    first.add(new Linear(IDENTITY, POOL, map.channels()));
    List<Node> second = new ArrayList<>();
    second.add(new Input(last, map));
    second.addAll(nodes.subList(cut + 1, nodes.size()));
    if (last.equals(whole.pool().input())) {
      // Engines expect layers before the pool; ComputationGraph computes the output of a layer
      // after
      // its input only if another one lies between them. Means of single positions change nothing.
      second.set(1, new AveragePool(COPY, last, Window.POINT));
      second.add(2, new AveragePool(MAP, COPY, Window.POINT));
      second.add(3, new GlobalAveragePool(whole.pool().name(), MAP));
    }
    return new SplitArchitecture(
        whole, new Architecture(whole.name(), first), new Architecture(whole.name(), second));
  }

  /** Whether the second part is the pool and the classifier alone. */
  public boolean isClassifierAlone() {
    return rest.pool().input().equals(MAP);
  }

  /** The shape of the feature map between the parts. */
  public Shape map() {
    return rest.input().image();
  }

  /** The weights of {@link #features}, given those of the whole network. */
  public Map<String, float[]> ofFeatures(Map<String, float[]> weights) {
    Map<String, float[]> chosen = new LinkedHashMap<>();
    int channels = features.classes();
    float[] identity = new float[channels * channels];
    for (int i = 0; i < channels; i++) {
      identity[i * channels + i] = 1;
    }
    for (Tensor tensor : features.tensors()) {
      chosen.put(
          tensor.name(),
          switch (tensor.name()) {
            case IDENTITY + ".weight" -> identity;
            case IDENTITY + ".bias" -> new float[channels];
            default -> Objects.requireNonNull(weights.get(tensor.name()));
          });
    }
    return chosen;
  }

  /** The weights of {@link #rest}, given those of the whole network. */
  public Map<String, float[]> ofRest(Map<String, float[]> weights) {
    Map<String, float[]> chosen = new LinkedHashMap<>();
    for (Tensor tensor : rest.tensors()) {
      chosen.put(tensor.name(), Objects.requireNonNull(weights.get(tensor.name())));
    }
    return chosen;
  }
}
