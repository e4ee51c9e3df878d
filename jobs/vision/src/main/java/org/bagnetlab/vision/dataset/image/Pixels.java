package org.bagnetlab.vision.dataset.image;

/**
 * A decoded image.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param values [row, column, channel], unsigned bytes
 */
public record Pixels(int width, int height, int channels, byte[] values) {

  /** Checks that the number of values matches the shape. */
  public Pixels {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("an image must have 1 or 3 channels, not " + channels);
    }
    if (values.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "%d values do not fill %d x %d x %d".formatted(values.length, width, height, channels));
    }
  }

  /** The value of a pixel in one channel; in a gray image, it is the same for all channels. */
  public int at(int row, int column, int channel) {
    return values[(row * width + column) * channels + (channels == 1 ? 0 : channel)] & 0xFF;
  }
}
