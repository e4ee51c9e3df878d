package org.bagnetlab.vision.effectivefield;

import org.bagnetlab.vision.network.Batch;

/** Sums the magnitudes of input gradients for each pixel, over channels and images. */
public final class GradientMagnitudes {

  private final int size;
  private final double[] sums;

  /**
   * Creates an empty sum.
   *
   * @param size side of the square images in pixels
   */
  public GradientMagnitudes(int size) {
    this.size = size;
    sums = new double[size * size];
  }

  /**
   * Adds the gradients of a batch of images.
   *
   * @param gradient the gradient, in the order of the images' values
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
   * Each pixel's share of all magnitudes, as [row, column].
   *
   * @throws ArithmeticException if shares are undefined, since all magnitudes are zero or some are
   *     not finite
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

  /** The side of the images in pixels. */
  int size() {
    return size;
  }
}
