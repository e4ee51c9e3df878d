package org.bagnetlab.vision.saliency;

/**
 * How much each pixel of a square image matters for a class. Across methods, only the order of
 * values is meaningful; the unit depends on the method.
 *
 * @param size side of the image in pixels
 * @param values values as [row, column], row-major
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
