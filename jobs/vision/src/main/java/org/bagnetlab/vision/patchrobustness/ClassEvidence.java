package org.bagnetlab.vision.patchrobustness;

import org.bagnetlab.vision.network.LogitMap;

/**
 * The evidence for a class in the cells of a logit map: its positive logits. It is an integer
 * number of fixed fractions of a logit, so that sums are exact: proofs about a map's logits hold
 * for these computations, but they do not cover the rounding of the logits themselves.
 */
final class ClassEvidence {

  /** Number of parts into which a logit of 1 is divided. */
  private static final double PARTS = 1 << 20;

  /** Maximum evidence in a cell; larger values are reduced to this, so that no sum overflows. */
  private static final double LARGEST_LOGIT = 1 << 20;

  private final int width;

  /**
   * For each cell, the sum over all cells above and to the left of it. The array has one row and
   * one column more than the map.
   */
  private final long[] sums;

  private ClassEvidence(int width, long[] sums) {
    this.width = width;
    this.sums = sums;
  }

  static ClassEvidence of(LogitMap map, int image, int label) {
    int across = map.width() + 1;
    long[] sums = new long[(map.height() + 1) * across];
    for (int row = 0; row < map.height(); row++) {
      for (int column = 0; column < map.width(); column++) {
        int below = (row + 1) * across + column + 1;
        sums[below] =
            counted(map.at(image, label, row, column))
                + sums[below - 1]
                + sums[below - across]
                - sums[below - across - 1];
      }
    }
    return new ClassEvidence(map.width(), sums);
  }

  private static long counted(float logit) {
    return Math.round(Math.max(0, Math.min(LARGEST_LOGIT, logit)) * PARTS);
  }

  /**
   * The number of parts by which evidence may differ if a logit differs by this amount; the maximum
   * if the amount is NaN.
   */
  static long parts(double difference) {
    return (long) Math.ceil((difference < LARGEST_LOGIT ? difference : LARGEST_LOGIT) * PARTS);
  }

  /** The evidence in all cells. */
  long total() {
    return sums[sums.length - 1];
  }

  /** The evidence in the cells of a window. */
  long within(CellWindow window) {
    int across = width + 1;
    int above = window.top() * across;
    int below = window.bottom() * across;
    return sums[below + window.right()]
        - sums[below + window.left()]
        - sums[above + window.right()]
        + sums[above + window.left()];
  }
}
