package org.bagnetlab.vision.saliency;

/**
 * How much each pixel of a square image counts for a class. Only the order of the values means
 * something in every map; the unit is the method's.
 *
 * @param size side of the image in pixels
 * @param values [row, column], row-major
 */
public record SaliencyMap(int size, float[] values) {

  /** Checks that there is a value for each pixel. */
  public SaliencyMap {
    if (values.length != size * size) {
      throw new IllegalArgumentException(
          "%d values instead of %d x %d".formatted(values.length, size, size));
    }
  }

  /** The mean over a square part of the image, in pixels. */
  public double mean(int top, int left, int side) {
    double sum = 0;
    for (int row = top; row < top + side; row++) {
      for (int column = left; column < left + side; column++) {
        sum += values[row * size + column];
      }
    }
    return sum / (side * side);
  }
}
