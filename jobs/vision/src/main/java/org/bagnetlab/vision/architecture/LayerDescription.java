package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.Optional;

/**
 * The properties of one node at a given image size.
 *
 * @param name the node's name
 * @param type the {@linkplain Node#type() kind of node}
 * @param kernel side of its window, or of the largest; 1 if it operates on single positions
 * @param stride distance between windows
 * @param padding zeros on each side
 * @param dilation distance between a window's positions
 * @param input [channels, height, width]
 * @param output [channels, height, width]
 * @param receptiveField side in pixels of the receptive field of one output; empty if it is the
 *     whole image
 * @param parameters number of learnable values
 * @param multiplyAdds number of multiplications in convolutions and linear layers for one image
 */
public record LayerDescription(
    String name,
    String type,
    int kernel,
    int stride,
    int padding,
    int dilation,
    List<Integer> input,
    List<Integer> output,
    Optional<Integer> receptiveField,
    long parameters,
    long multiplyAdds) {

  static LayerDescription of(Node node, Shape input, Shape output, ReceptiveField field) {
    int kernel =
        node instanceof Node.AdaptiveAveragePool pool
            ? pool.extents(input.height()).stream().mapToInt(Extent::length).max().orElseThrow()
            : node.seesWholeMap() ? input.height() : node.window().kernel();
    return new LayerDescription(
        node.name(),
        node.type(),
        kernel,
        node.window().stride(),
        node.window().padding(),
        1,
        input.asList(),
        output.asList(),
        field.pixels(),
        node.tensors(input.channels()).stream()
            .filter(Tensor::learnt)
            .mapToLong(Tensor::elements)
            .sum(),
        node.multiplyAdds(input.channels(), output));
  }
}
