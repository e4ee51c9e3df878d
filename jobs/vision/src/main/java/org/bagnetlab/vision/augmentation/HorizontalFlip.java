package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;

/** Mirrors an image, left to right. */
record HorizontalFlip() implements PixelChange {

  @Override
  public Pixels apply(Pixels image) {
    int channels = image.channels();
    byte[] from = image.values();
    byte[] to = new byte[from.length];
    int position = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = image.width() - 1; column >= 0; column--) {
        int pixel = (row * image.width() + column) * channels;
        for (int channel = 0; channel < channels; channel++) {
          to[position++] = from[pixel + channel];
        }
      }
    }
    return new Pixels(image.width(), image.height(), channels, to);
  }
}
