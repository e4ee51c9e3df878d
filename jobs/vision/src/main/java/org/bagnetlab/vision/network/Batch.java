package org.bagnetlab.vision.network;

/**
 * Normalised images of one size.
 *
 * @param values values as [image, channel, row, column], row-major
 * @param images number of images
 * @param channels channels of an image
 * @param height rows of an image
 * @param width columns of an image
 */
public record Batch(float[] values, int images, int channels, int height, int width) {

  /** Checks that the number of values matches the shape. */
  public Batch {
    if (values.length != (long) images * channels * height * width) {
      throw new IllegalArgumentException(
          "%d values do not fill [%d, %d, %d, %d]"
              .formatted(values.length, images, channels, height, width));
    }
  }

  /**
   * Cuts out a part of every image, filled with zeros outside of the image.
   *
   * @param top first row of the part; negative if it is above the image
   * @param left first column of the part
   * @param rows number of rows
   * @param columns number of columns
   */
  public Batch crop(int top, int left, int rows, int columns) {
    float[] cropped = new float[images * channels * rows * columns];
    int first = Math.max(0, left);
    int inside = Math.min(width, left + columns) - first;
    for (int plane = 0; plane < images * channels; plane++) {
      for (int row = Math.max(0, -top); row < Math.min(rows, height - top); row++) {
        System.arraycopy(
            values,
            (plane * height + top + row) * width + first,
            cropped,
            (plane * rows + row) * columns + first - left,
            inside);
      }
    }
    return new Batch(cropped, images, channels, rows, columns);
  }
}
