package org.bagnetlab.vision.masking;

import java.util.stream.IntStream;

/**
 * Tile counts from zero to all, as evenly spaced as possible.
 *
 * @param tiles number of tiles of an image
 * @param counts the counts in ascending order, from 0 to {@code tiles}
 */
public record TileCounts(int tiles, int[] counts) {

  /**
   * Creates evenly spaced counts.
   *
   * @param steps number of steps, limited to the number of tiles
   */
  public static TileCounts of(int tiles, int steps) {
    int taken = Math.min(tiles, steps);
    return new TileCounts(
        tiles,
        IntStream.rangeClosed(0, taken)
            .map(step -> (int) Math.round((double) step * tiles / taken))
            .toArray());
  }

  /** The share of the image that a count covers. */
  public double share(int index) {
    return (double) counts[index] / tiles;
  }

  /**
   * The area under a curve over the shares, computed by the trapezoidal rule. It equals the curve's
   * mean height.
   *
   * @param values the value of the curve for each count
   */
  public double area(double[] values) {
    double area = 0;
    for (int i = 1; i < values.length; i++) {
      area += (share(i) - share(i - 1)) * (values[i] + values[i - 1]) / 2;
    }
    return area;
  }
}
