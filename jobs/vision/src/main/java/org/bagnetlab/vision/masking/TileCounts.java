package org.bagnetlab.vision.masking;

import java.util.stream.IntStream;

/**
 * Numbers of tiles from none to all, in equal steps as far as whole tiles allow it.
 *
 * @param tiles of an image
 * @param counts ascending, the first 0 and the last {@code tiles}
 */
public record TileCounts(int tiles, int[] counts) {

  /**
   * Divides the tiles.
   *
   * @param steps number of steps, or as many as there are tiles, if these are fewer
   */
  public static TileCounts of(int tiles, int steps) {
    int taken = Math.min(tiles, steps);
    return new TileCounts(
        tiles,
        IntStream.rangeClosed(0, taken)
            .map(step -> (int) Math.round((double) step * tiles / taken))
            .toArray());
  }

  /** The share of the image that so many tiles are. */
  public double share(int index) {
    return (double) counts[index] / tiles;
  }

  /**
   * The area under a curve over the shares, by trapezoids: the mean height.
   *
   * @param values one for each count
   */
  public double area(double[] values) {
    double area = 0;
    for (int i = 1; i < values.length; i++) {
      area += (share(i) - share(i - 1)) * (values[i] + values[i - 1]) / 2;
    }
    return area;
  }
}
