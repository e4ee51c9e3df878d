package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * Changes the brightness of an image.
 *
 * @param factor 0 for black, 1 for the image itself
 */
record Brightness(double factor) implements PixelChange {

  @Override
  public Pixels apply(Pixels image) {
    return Levels.blend(factor, image, 0);
  }
}
