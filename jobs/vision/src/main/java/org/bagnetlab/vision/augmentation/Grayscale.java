package org.bagnetlab.vision.augmentation;

import java.util.Arrays;
import org.bagnetlab.vision.dataset.image.Pixels;

/** Turns a colour image gray, with three equal channels; keeps a gray one. */
record Grayscale() implements PixelChange {

  @Override
  public Pixels apply(Pixels image) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] from = image.values();
    byte[] to = new byte[from.length];
    for (int position = 0; position < to.length; position += image.channels()) {
      Arrays.fill(to, position, position + image.channels(), (byte) Levels.gray(from, position));
    }
    return new Pixels(image.width(), image.height(), image.channels(), to);
  }
}
