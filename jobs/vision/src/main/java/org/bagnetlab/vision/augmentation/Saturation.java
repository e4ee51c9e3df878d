package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Changes the saturation of a colour image; keeps a gray one.
 *
 * @param factor 0 for gray, 1 for the image itself
 */
record Saturation(double factor) implements PixelChange {

  @Override
  public Pixels apply(Pixels image) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] from = image.values();
    byte[] to = new byte[from.length];
    for (int position = 0; position < to.length; position += image.channels()) {
      int gray = Levels.gray(from, position);
      for (int i = position; i < position + image.channels(); i++) {
        to[i] = Levels.blend(factor, from[i] & 0xFF, gray);
      }
    }
    return new Pixels(image.width(), image.height(), image.channels(), to);
  }
}
