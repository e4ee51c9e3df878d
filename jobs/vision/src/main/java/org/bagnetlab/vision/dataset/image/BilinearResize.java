package org.bagnetlab.vision.dataset.image;

/**
 * Resizes as Pillow's BILINEAR filter does: a triangle whose support widens when an axis shrinks,
 * so that shrinking averages; first along rows, then along columns, rounded to a gray level after
 * each.
 */
final class BilinearResize {

  /** Source positions that one target position is the weighted mean of. */
  interface Window {

    /**
     * The mean, rounded to a gray level.
     *
     * @param values unsigned bytes
     * @param start index of the first source position of the row or column
     * @param step from one source position to the next
     */
    byte level(byte[] values, int start, int step);
  }

  /** Windows in one arithmetic. */
  @FunctionalInterface
  interface Arithmetic {

    /** The window of a target position, where an axis of {@code from} positions gets {@code to}. */
    Window window(int from, int to, int target);
  }

  private BilinearResize() {}

  static Pixels to(Pixels image, int width, int height, Arithmetic arithmetic) {
    return columns(rows(image, width, arithmetic), height, arithmetic);
  }

  private static Pixels rows(Pixels image, int width, Arithmetic arithmetic) {
    if (width == image.width()) {
      return image;
    }
    Window[] windows = windows(image.width(), width, arithmetic);
    int channels = image.channels();
    byte[] values = new byte[width * image.height() * channels];
    int position = 0;
    for (int row = 0; row < image.height(); row++) {
      for (Window window : windows) {
        for (int channel = 0; channel < channels; channel++) {
          values[position++] =
              window.level(image.values(), row * image.width() * channels + channel, channels);
        }
      }
    }
    return new Pixels(width, image.height(), channels, values);
  }

  private static Pixels columns(Pixels image, int height, Arithmetic arithmetic) {
    if (height == image.height()) {
      return image;
    }
    int length = image.width() * image.channels();
    byte[] values = new byte[length * height];
    int position = 0;
    for (Window window : windows(image.height(), height, arithmetic)) {
      for (int start = 0; start < length; start++) {
        values[position++] = window.level(image.values(), start, length);
      }
    }
    return new Pixels(image.width(), height, image.channels(), values);
  }

  private static Window[] windows(int from, int to, Arithmetic arithmetic) {
    Window[] windows = new Window[to];
    for (int target = 0; target < to; target++) {
      windows[target] = arithmetic.window(from, to, target);
    }
    return windows;
  }
}
