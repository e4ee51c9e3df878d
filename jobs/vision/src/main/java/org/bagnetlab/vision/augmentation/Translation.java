package org.bagnetlab.vision.augmentation;

import java.util.Random;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Shifts an image; pixels that it no longer covers become black.
 *
 * @param right shift to the right in pixels, negative to the left
 * @param down shift downwards in pixels, negative upwards
 */
record Translation(int right, int down) implements PixelChange {

  /** Draws both shifts, rounded to whole pixels, like torchvision's {@code RandomAffine}. */
  static Translation draw(int side, double strength, Random random) {
    Range shift = new Range(-strength * side, strength * side);
    int right = (int) Math.rint(shift.uniform(random));
    int down = (int) Math.rint(shift.uniform(random));
    return new Translation(right, down);
  }

  @Override
  public Pixels apply(Pixels image) {
    int width = image.width();
    int channels = image.channels();
    byte[] to = new byte[image.values().length];
    int length = Math.max(0, width - Math.abs(right)) * channels;
    int fromColumn = Math.max(0, -right);
    int toColumn = Math.max(0, right);
    for (int row = Math.max(0, -down);
        length > 0 && row < image.height() - Math.max(0, down);
        row++) {
      System.arraycopy(
          image.values(),
          (row * width + fromColumn) * channels,
          to,
          ((row + down) * width + toColumn) * channels,
          length);
    }
    return new Pixels(width, image.height(), channels, to);
  }
}
