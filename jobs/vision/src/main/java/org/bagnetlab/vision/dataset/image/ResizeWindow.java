package org.bagnetlab.vision.dataset.image;

/**
 * The source positions whose weighted mean gives one target position, in the arithmetic of Pillow's
 * 8-bit images: weights are rounded to 22 fractional bits, and their sum of products is exact.
 * Floating-point operations are in Pillow's order, so that every weight equals Pillow's.
 *
 * @param first first source position
 * @param weights weights of the source positions starting at {@code first}, in units of 2^-22
 */
record ResizeWindow(int first, int[] weights) {

  /**
   * Number of fractional bits of weights: what remains of 32 bits after 8 bits for the levels and
   * two spare bits.
   */
  private static final int PRECISION = 32 - 8 - 2;

  private static final int ONE = 1 << PRECISION;
  private static final int HALF = 1 << (PRECISION - 1);

  /**
   * The window of a target position if an axis is resized from {@code from} to {@code to}
   * positions.
   */
  static ResizeWindow of(int from, int to, int target) {
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    double inverse = 1 / support;
    double center = (target + 0.5) * scale;
    int first = Math.max(0, (int) (center - support + 0.5));
    int end = Math.min(from, (int) (center + support + 0.5));
    double[] triangle = new double[end - first];
    double sum = 0;
    for (int i = 0; i < triangle.length; i++) {
      triangle[i] = Math.max(0, 1 - Math.abs((first + i - center + 0.5) * inverse));
      sum += triangle[i];
    }
    int[] weights = new int[triangle.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (int) (0.5 + triangle[i] / sum * ONE);
    }
    return new ResizeWindow(first, weights);
  }

  /**
   * The weighted mean, rounded to a gray level.
   *
   * @param values unsigned bytes
   * @param start index of the first source position of the row or column
   * @param step index distance between source positions
   */
  byte level(byte[] values, int start, int step) {
    int sum = HALF;
    int position = start + first * step;
    for (int weight : weights) {
      sum += weight * (values[position] & 0xFF);
      position += step;
    }
    return (byte) Math.min(255, sum >> PRECISION);
  }
}
