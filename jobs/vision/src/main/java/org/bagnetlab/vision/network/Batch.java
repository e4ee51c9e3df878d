package org.bagnetlab.vision.network;

/**
 * Normalised images of one size.
 *
 * @param values [image, channel, row, column], row-major
 * @param images number of images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 */
public record Batch(float[] values, int images, int channels, int height, int width) {

  /** Checks that the values fill the shape. */
  public Batch {
    if (values.length != (long) images * channels * height * width) {
      throw new IllegalArgumentException(
          "%d values do not fill [%d, %d, %d, %d]"
              .formatted(values.length, images, channels, height, width));
    }
  }
}
