package org.bagnetlab.vision.predictivepatches;

import org.bagnetlab.vision.dataset.image.Pixels;

/** Enlarges parts of images for display. */
public final class Magnified {

  /** Minimum side of a picture in pixels. */
  private static final int SMALLEST = 128;

  private Magnified() {}

  /**
   * Enlarges a square of an image: its pixels become squares of equal size, without smoothing.
   *
   * @param top first row
   * @param left first column
   * @param side side in pixels of the image
   */
  public static Pixels square(Pixels image, int top, int left, int side) {
    int factor = (SMALLEST + side - 1) / side;
    int large = factor * side;
    byte[] values = new byte[large * large * image.channels()];
    int position = 0;
    for (int row = 0; row < large; row++) {
      for (int column = 0; column < large; column++) {
        for (int channel = 0; channel < image.channels(); channel++) {
          values[position++] = (byte) image.at(top + row / factor, left + column / factor, channel);
        }
      }
    }
    return new Pixels(large, large, image.channels(), values);
  }
}
