package org.bagnetlab.vision.saliency;

/**
 * Values at the points of a regular grid on a square image.
 *
 * @param first row and column of the first point, in pixels from the middle of the first pixel
 * @param step distance between neighbouring points in pixels
 * @param side number of points in a row, and in a column
 * @param values values of the points as [row, column], row-major
 */
record Points(double first, double step, int side, float[] values) {

  /**
   * Interpolates bilinearly between the points; beyond the outermost points, the values of these
   * are used.
   */
  SaliencyMap map(int size) {
    float[] pixels = new float[size * size];
    for (int row = 0; row < size; row++) {
      double y = place(row);
      int above = Math.min((int) y, Math.max(0, side - 2));
      for (int column = 0; column < size; column++) {
        double x = place(column);
        int left = Math.min((int) x, Math.max(0, side - 2));
        double upper = between(above, left, x - left);
        double lower = between(Math.min(above + 1, side - 1), left, x - left);
        pixels[row * size + column] = (float) (upper + (y - above) * (lower - upper));
      }
    }
    return new SaliencyMap(size, pixels);
  }

  /** The position of a pixel, in units of the distance between points. */
  private double place(int pixel) {
    return Math.max(0, Math.min(side - 1, (pixel - first) / step));
  }

  private double between(int row, int left, double share) {
    double before = values[row * side + left];
    double after = values[row * side + Math.min(left + 1, side - 1)];
    return before + share * (after - before);
  }
}
