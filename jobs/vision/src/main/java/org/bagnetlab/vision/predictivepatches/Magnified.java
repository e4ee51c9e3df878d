package org.bagnetlab.vision.predictivepatches;

import org.bagnetlab.vision.dataset.image.Pixels;

/** Parts of images, large enough to look at. */
public final class Magnified {

  /** Side of a picture in pixels, at least. */
  private static final int SMALLEST = 128;

  private Magnified() {}

  /**
   * A square of an image whose pixels became squares of one size, without smoothing.
   *
   * @param top its first row
   * @param left its first column
   * @param side in pixels of the image
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
