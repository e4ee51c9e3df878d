package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Changes the contrast of an image.
 *
 * @param factor 0 for the image's mean gray level everywhere, 1 for the image itself
 */
record Contrast(double factor) implements PixelChange {

  @Override
  public Pixels apply(Pixels image) {
    return Levels.blend(factor, image, meanGray(image));
  }

  private static float meanGray(Pixels image) {
    byte[] values = image.values();
    long sum = 0;
    if (image.channels() == 1) {
      for (byte value : values) {
        sum += value & 0xFF;
      }
    } else {
      for (int position = 0; position < values.length; position += image.channels()) {
        sum += Levels.gray(values, position);
      }
    }
    return (float) ((double) sum / (image.width() * image.height()));
  }
}
