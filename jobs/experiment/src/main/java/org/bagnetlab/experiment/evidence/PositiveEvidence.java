package org.bagnetlab.experiment.evidence;

import java.util.Arrays;
import java.util.Optional;

/**
 * The positive evidence of an image's map: logits of its class at a square of points, row by row.
 */
public final class PositiveEvidence {

  private PositiveEvidence() {}

  /**
   * The share of the positive evidence in the upper half of a map, in [0, 1]. Half of a middle row
   * counts.
   *
   * @return empty if the map has no positive evidence
   */
  public static Optional<Double> upperShare(double[] map) {
    int side = (int) Math.round(Math.sqrt(map.length));
    int above = side / 2 * side;
    double all = first(map, map.length);
    return all > 0
        ? Optional.of((first(map, above) + first(map, map.length - above)) / 2 / all)
        : Optional.empty();
  }

  /** The positive evidence at the first points. */
  private static double first(double[] map, int points) {
    return Arrays.stream(map, 0, points).filter(evidence -> evidence > 0).sum();
  }
}
