package org.bagnetlab.vision.dataset.image;

/**
 * Resizes exactly like Pillow's BILINEAR filter: a triangle filter whose support widens when an
 * axis is reduced, so that downscaling averages. It is applied first along rows and then along
 * columns, with rounding to a gray level after each.
 */
public final class BilinearResize {

  private BilinearResize() {}

  /** Resizes an image to a square, without keeping its aspect ratio. */
  public static Pixels toSquare(Pixels image, int side) {
    return columns(rows(image, side), side);
  }

  private static Pixels rows(Pixels image, int width) {
    if (width == image.width()) {
      return image;
    }
    ResizeWindow[] windows = windows(image.width(), width);
    int channels = image.channels();
    byte[] values = new byte[width * image.height() * channels];
    int position = 0;
    for (int row = 0; row < image.height(); row++) {
      for (ResizeWindow window : windows) {
        for (int channel = 0; channel < channels; channel++) {
          values[position++] =
              window.level(image.values(), row * image.width() * channels + channel, channels);
        }
      }
    }
    return new Pixels(width, image.height(), channels, values);
  }

  private static Pixels columns(Pixels image, int height) {
    if (height == image.height()) {
      return image;
    }
    int length = image.width() * image.channels();
    byte[] values = new byte[length * height];
    int position = 0;
    for (ResizeWindow window : windows(image.height(), height)) {
      for (int start = 0; start < length; start++) {
        values[position++] = window.level(image.values(), start, length);
      }
    }
    return new Pixels(image.width(), height, image.channels(), values);
  }

  private static ResizeWindow[] windows(int from, int to) {
    ResizeWindow[] windows = new ResizeWindow[to];
    for (int target = 0; target < to; target++) {
      windows[target] = ResizeWindow.of(from, to, target);
    }
    return windows;
  }
}
