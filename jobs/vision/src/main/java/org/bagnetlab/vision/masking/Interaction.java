package org.bagnetlab.vision.masking;

import java.util.List;
import java.util.stream.Stream;

/**
 * How much a logit drops if parts of an image are masked, all together and one by one (Brendel and
 * Bethge 2019). Both values are equal if the parts do not interact. This is the case for a bag of
 * local features with patches of q pixels if no patch sees two masks, that is, with gaps of at
 * least q - 1 pixels.
 *
 * @param joint z(x) - z(x with all parts masked)
 * @param separate the sum of z(x) - z(x with one part masked) over all parts
 */
public record Interaction(double joint, double separate) {

  /** The masked parts in each copy of an image: first all parts, then each part alone. */
  public static List<List<Square>> copies(MaskGrid grid) {
    List<Square> squares = grid.squares();
    return Stream.concat(Stream.of(squares), squares.stream().map(List::of)).toList();
  }

  /**
   * Computes the interaction from the logits of these copies.
   *
   * @param label the class
   * @param clean the logits of the unmasked image
   * @param copies logits as [copy, class], in the order of {@link #copies(MaskGrid)}
   */
  public static Interaction of(int label, float[] clean, List<float[]> copies) {
    double separate = 0;
    for (float[] alone : copies.subList(1, copies.size())) {
      separate += (double) clean[label] - alone[label];
    }
    return new Interaction((double) clean[label] - copies.get(0)[label], separate);
  }
}
