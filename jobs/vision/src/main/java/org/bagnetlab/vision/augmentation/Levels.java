package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Arithmetic on levels of 8-bit images as in torchvision: in single precision, in the same order,
 * and cut off instead of rounded.
 */
final class Levels {

  static final int COUNT = 256;

  private Levels() {}

  /** The gray level of a colour. */
  static int gray(int red, int green, int blue) {
    return (int) (0.2989f * red + 0.587f * green + 0.114f * blue);
  }

  /** The gray level of the pixel of a colour image whose values begin at {@code position}. */
  static int gray(byte[] values, int position) {
    return gray(values[position] & 0xFF, values[position + 1] & 0xFF, values[position + 2] & 0xFF);
  }

  /** Moves away from {@code origin}, or towards it if the factor is below 1, within [0, 255]. */
  static byte blend(double factor, int level, float origin) {
    float blended = (float) factor * level + (float) (1 - factor) * origin;
    return (byte) (int) Math.clamp(blended, 0f, COUNT - 1f);
  }

  /** Blends every level of an image with the same origin. */
  static Pixels blend(double factor, Pixels image, float origin) {
    byte[] table = new byte[COUNT];
    for (int level = 0; level < COUNT; level++) {
      table[level] = blend(factor, level, origin);
    }
    byte[] from = image.values();
    byte[] to = new byte[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = table[from[i] & 0xFF];
    }
    return new Pixels(image.width(), image.height(), image.channels(), to);
  }
}
