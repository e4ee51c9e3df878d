package org.bagnetlab.vision.augmentation;

import java.util.Random;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Blurs an image by a Gaussian kernel of 2 r + 1 pixels a side, where r is three standard
 * deviations, rounded up, but less than the image's side. At its borders the image is reflected
 * without repeating the outermost pixels.
 *
 * @param deviation standard deviation in pixels
 */
record GaussianBlur(double deviation) implements PixelChange {

  private static final double SMALLEST = 0.1;
  private static final int DEVIATIONS = 3;

  /** Draws the standard deviation. */
  static GaussianBlur draw(double strength, Random random) {
    Range deviation = new Range(Math.min(SMALLEST, strength), strength);
    return new GaussianBlur(deviation.uniform(random));
  }

  @Override
  public Pixels apply(Pixels image) {
    int width = image.width();
    int height = image.height();
    int channels = image.channels();
    // The kernel is a product of both directions; only the final result is rounded.
    float[] blurred = new float[image.values().length];
    for (int i = 0; i < blurred.length; i++) {
      blurred[i] = image.values()[i] & 0xFF;
    }
    blurred = alongRows(blurred, width, channels);
    blurred = alongColumns(blurred, height, width * channels);
    byte[] values = new byte[blurred.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(blurred[i]);
    }
    return new Pixels(width, height, channels, values);
  }

  private float[] alongRows(float[] from, int width, int channels) {
    float[] kernel = kernel(width);
    int[] sources = reflected(width, kernel.length / 2, channels);
    float[] to = new float[from.length];
    int length = width * channels;
    for (int row = 0; row < from.length; row += length) {
      for (int offset = 0; offset < length; offset++) {
        to[row + offset] =
            weightedSum(from, row + offset % channels, sources, offset / channels, kernel);
      }
    }
    return to;
  }

  /**
   * Blurs along columns.
   *
   * @param length values of a row
   */
  private float[] alongColumns(float[] from, int height, int length) {
    float[] kernel = kernel(height);
    int[] sources = reflected(height, kernel.length / 2, length);
    float[] to = new float[from.length];
    for (int row = 0; row < height; row++) {
      for (int offset = 0; offset < length; offset++) {
        to[row * length + offset] = weightedSum(from, offset, sources, row, kernel);
      }
    }
    return to;
  }

  /** Weighs the values at {@code start} plus each of the sources from {@code first} on. */
  private static float weightedSum(
      float[] from, int start, int[] sources, int first, float[] kernel) {
    float sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      sum += kernel[i] * from[start + sources[first + i]];
    }
    return sum;
  }

  /** Weights of the 2 r + 1 neighbouring positions along an axis of the image. */
  private float[] kernel(int side) {
    int radius = (int) Math.min(Math.ceil(DEVIATIONS * deviation), side - 1);
    double[] density = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < density.length; i++) {
      double distance = (i - radius) / deviation;
      density[i] = StrictMath.exp(-distance * distance / 2);
      sum += density[i];
    }
    float[] kernel = new float[density.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (density[i] / sum);
    }
    return kernel;
  }

  /** Index distances from the first position to those of -radius to side - 1 + radius. */
  private static int[] reflected(int side, int radius, int step) {
    int[] reflected = new int[side + 2 * radius];
    for (int i = 0; i < reflected.length; i++) {
      int distance = Math.abs(i - radius);
      reflected[i] = Math.min(distance, 2 * (side - 1) - distance) * step;
    }
    return reflected;
  }
}
