package org.bagnetlab.vision.dataset.generated;

import java.util.stream.IntStream;

/**
 * Points in the plane, which are shown stretched to a square.
 *
 * @param xs horizontal positions
 * @param ys vertical positions, as many
 */
record PointCloud(double[] xs, double[] ys) {

  /**
   * The square of an image into which points are stretched.
   *
   * @param left distance from the image's left side to the square's in pixels
   * @param top distance from the image's upper side to the square's
   * @param side side of the square
   * @param mirrored whether left and right are exchanged
   * @param upsideDown whether top and bottom are exchanged
   */
  record Square(double left, double top, double side, boolean mirrored, boolean upsideDown) {

    /** A whole image. */
    static Square whole(int size) {
      return new Square(0, 0, size, false, false);
    }
  }

  /**
   * Counts the points in each pixel. Horizontal and vertical distances are scaled separately, so
   * that the points touch all four sides of the square.
   *
   * @param size side of the image in pixels
   * @return the number of points, as [row, column]
   */
  int[] counts(int size, Square square) {
    int[] columns = pixels(xs, size, square.left(), square.side(), square.mirrored());
    int[] rows = pixels(ys, size, square.top(), square.side(), square.upsideDown());
    int[] counts = new int[size * size];
    for (int i = 0; i < rows.length; i++) {
      counts[rows[i] * size + columns[i]]++;
    }
    return counts;
  }

  /** The share of the pixels that contain points, if they are stretched to the whole image. */
  double filled(int size) {
    int[] counts = counts(size, Square.whole(size));
    return (double) IntStream.of(counts).filter(count -> count > 0).count() / counts.length;
  }

  private static int[] pixels(
      double[] values, int size, double from, double side, boolean reversed) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double scale = side / (most - least);
    int[] pixels = new int[values.length];
    for (int i = 0; i < pixels.length; i++) {
      double distance = (values[i] - least) * scale;
      double position = from + (reversed ? side - distance : distance);
      pixels[i] = Math.max(0, Math.min(size - 1, (int) position));
    }
    return pixels;
  }
}
