package org.bagnetlab.vision.effectivefield;

import org.bagnetlab.vision.network.Batch;

/** The magnitudes of input gradients, pixel by pixel, summed over channels and images. */
public final class GradientMagnitudes {

  private final int size;
  private final double[] sums;

  /**
   * Nothing is added yet.
   *
   * @param size side of the square images in pixels
   */
  public GradientMagnitudes(int size) {
    this.size = size;
    sums = new double[size * size];
  }

  /**
   * Adds the gradient of some images.
   *
   * @param gradient in the order of their values
   */
  public void add(Batch images, float[] gradient) {
    if (images.height() != size || images.width() != size) {
      throw new IllegalArgumentException(
          "images of %d x %d instead of %d x %d pixels"
              .formatted(images.height(), images.width(), size, size));
    }
    for (int i = 0; i < gradient.length; i++) {
      sums[i % sums.length] += Math.abs(gradient[i]);
    }
  }

  /**
   * Each pixel's share of all magnitudes: [row, column].
   *
   * @throws ArithmeticException if they have no shares, as all are zero or some are not finite
   */
  double[] shares() {
    double whole = 0;
    for (double sum : sums) {
      whole += sum;
    }
    if (!(whole > 0 && Double.isFinite(whole))) {
      throw new ArithmeticException("the sum of all gradients' magnitudes is " + whole);
    }
    double[] shares = new double[sums.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sums[i] / whole;
    }
    return shares;
  }

  /** Side of the images. */
  int size() {
    return size;
  }
}
