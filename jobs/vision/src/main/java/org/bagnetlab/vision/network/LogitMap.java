package org.bagnetlab.vision.network;

import java.util.OptionalDouble;

/**
 * The logits of every position of a batch's feature maps.
 *
 * @param values [image, class, row, column], row-major
 * @param images number of images
 * @param classes number of classes
 * @param height rows of a map
 * @param width columns of a map
 */
public record LogitMap(float[] values, int images, int classes, int height, int width) {

  /** Images at a time: a map has as many values as a batch of logits for each position. */
  public static final int BATCH = 16;

  /**
   * How few of an image's logits hold all of their size, over classes and positions: 0 where all
   * are equally large, 1 where one alone is not 0. For n values this is (sqrt(n) - L1 / L2) /
   * (sqrt(n) - 1), Hoyer's measure (Non-negative matrix factorization with sparseness constraints,
   * JMLR 5, 2004, section 3.1). It does not depend on the scale. Empty: of n = 1 value, and of
   * zeros alone, it is not defined.
   */
  public OptionalDouble sparseness(int image) {
    int each = classes * height * width;
    double magnitudes = 0;
    double squares = 0;
    for (int i = image * each; i < (image + 1) * each; i++) {
      magnitudes += Math.abs(values[i]);
      squares += (double) values[i] * values[i];
    }
    if (each == 1 || squares == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        (Math.sqrt(each) - magnitudes / Math.sqrt(squares)) / (Math.sqrt(each) - 1));
  }

  /** One position's logit. */
  public float at(int image, int label, int row, int column) {
    return values[((image * classes + label) * height + row) * width + column];
  }
}
