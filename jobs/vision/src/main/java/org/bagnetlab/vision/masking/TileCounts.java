package org.bagnetlab.vision.masking;

import java.util.stream.IntStream;

/**
 * Numbers of tiles from none to all, in steps as equal as whole tiles allow.
 *
 * @param tiles number of tiles of an image
 * @param counts the numbers in ascending order, from 0 to {@code tiles}
 */
public record TileCounts(int tiles, int[] counts) {

  /**
   * Divides the tiles.
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
   * The area under a curve over the shares, by trapezoids, which is its mean height.
   *
   * @param values a value for each count
   */
  public double area(double[] values) {
    double area = 0;
    for (int i = 1; i < values.length; i++) {
      area += (share(i) - share(i - 1)) * (values[i] + values[i - 1]) / 2;
    }
    return area;
  }
}
