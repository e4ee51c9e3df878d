package org.bagnetlab.vision.network;

import java.util.OptionalDouble;

/**
 * The logits of every position of a batch's feature maps.
 *
 * @param values values as [image, class, row, column], row-major
 * @param images number of images
 * @param classes number of classes
 * @param height rows of a map
 * @param width columns of a map
 */
public record LogitMap(float[] values, int images, int classes, int height, int width) {

  /**
   * A suitable number of images per batch, since a map has the logits of all images at every
   * position.
   */
  public static final int BATCH = 16;

  /**
   * The sparseness of an image's logits over classes and positions: 0 if all logits have the same
   * magnitude, 1 if only one of them is not 0. For n values this is (sqrt(n) - L1 / L2) / (sqrt(n)
   * - 1), Hoyer's measure (Non-negative matrix factorization with sparseness constraints, JMLR 5,
   * 2004, section 3.1). It does not depend on the scale. Empty if it is undefined, for n = 1 or if
   * all values are 0.
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

  /** The logit of a class at one position. */
  public float at(int image, int label, int row, int column) {
    return values[((image * classes + label) * height + row) * width + column];
  }

  /** The logits of a class at all positions, row by row. */
  public double[] logits(int image, int label) {
    int positions = height * width;
    double[] logits = new double[positions];
    for (int position = 0; position < positions; position++) {
      logits[position] = values[(image * classes + label) * positions + position];
    }
    return logits;
  }
}
