package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Properties computed from an architecture's graph: the content of the report's Figure 1, and the
 * size measures used to compare networks.
 *
 * @param architecture registered name of the network
 * @param parameters number of learnable values
 * @param buffers number of running statistics
 * @param multiplyAdds number of multiplications in convolutions and linear layers for one image
 * @param receptiveField receptive field of the features before the global pool, in pixels; empty if
 *     it is the whole image
 * @param outputStride distance in pixels between neighbouring positions of the features before the
 *     global pool
 * @param outputSize side of the feature map before the global pool
 * @param layers a description of each node
 */
public record ArchitectureDescription(
    String architecture,
    long parameters,
    long buffers,
    long multiplyAdds,
    Optional<Integer> receptiveField,
    int outputStride,
    int outputSize,
    List<LayerDescription> layers) {

  /**
   * Describes an architecture.
   *
   * @throws IllegalArgumentException if its image is too small
   */
  public static ArchitectureDescription of(Architecture architecture) {
    Map<String, Shape> shapes = architecture.shapes();
    Map<String, ReceptiveField> fields = ReceptiveField.of(architecture);
    List<LayerDescription> layers = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      if (!node.inputs().isEmpty()) {
        layers.add(
            LayerDescription.of(
                node,
                Architecture.inputsOf(node, shapes).get(0),
                Objects.requireNonNull(shapes.get(node.name())),
                Objects.requireNonNull(fields.get(node.name()))));
      }
    }
    ReceptiveField field = Objects.requireNonNull(fields.get(architecture.pool().input()));
    return new ArchitectureDescription(
        architecture.name(),
        elements(architecture, true),
        elements(architecture, false),
        layers.stream().mapToLong(LayerDescription::multiplyAdds).sum(),
        field.pixels(),
        field.stride(),
        architecture.lastMap().height(),
        List.copyOf(layers));
  }

  /**
   * The side in pixels of the patch that a position of the last feature map sees.
   *
   * @throws IllegalArgumentException if the position sees the whole image
   */
  public int patch() {
    return receptiveField.orElseThrow(
        () -> new IllegalArgumentException("no local receptive field"));
  }

  /**
   * The number of image shifts needed in each direction so that the resulting maps together have a
   * position at every {@code stride}-th pixel.
   *
   * @throws IllegalArgumentException if the stride does not divide the output stride
   */
  public int shifts(int stride) {
    if (stride < 1 || outputStride % stride != 0) {
      throw new IllegalArgumentException(
          "stride must divide %d, but is %d.".formatted(outputStride, stride));
    }
    return outputStride / stride;
  }

  /** The layers that enlarge the receptive field, which are the rows of the report's Figure 1. */
  public List<LayerDescription> enlargingLayers() {
    return layers.stream()
        .filter(layer -> layer.kernel() > 1 && layer.receptiveField().isPresent())
        .toList();
  }

  private static long elements(Architecture architecture, boolean learnt) {
    return architecture.tensors().stream()
        .filter(tensor -> tensor.learnt() == learnt)
        .mapToLong(Tensor::elements)
        .sum();
  }
}
