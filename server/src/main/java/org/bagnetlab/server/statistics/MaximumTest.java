package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A permutation test of several values at once, by their maximum (Westfall and Young,
 * <i>Resampling-based multiple testing</i>, 1993): if nothing has an effect, the probability that
 * any value is significant is the level. Each value is divided by its standard deviation over all
 * shuffles, so that none sets the limit for the others only because it varies more.
 */
public final class MaximumTest {

  private MaximumTest() {}

  /**
   * One-sided p-values: large values are significant.
   *
   * @param observed the values
   * @param shuffles the same values, computed from shuffled data
   * @return for each value the share of all data, the observed and the shuffled, in which some
   *     value is at least as large
   */
  public static double[] p(double[] observed, List<double[]> shuffles) {
    List<double[]> all = new ArrayList<>(shuffles);
    all.add(observed);
    double[] deviations =
        IntStream.range(0, observed.length)
            .mapToDouble(
                i -> Interval.standardDeviation(all.stream().map(values -> values[i]).toList()))
            .toArray();
    double[] largest =
        all.stream()
            .mapToDouble(
                values ->
                    Arrays.stream(divided(values, deviations))
                        .max()
                        .orElse(Double.NEGATIVE_INFINITY))
            .toArray();
    return Arrays.stream(divided(observed, deviations))
        .map(
            value ->
                (double) Arrays.stream(largest).filter(most -> most >= value).count() / all.size())
        .toArray();
  }

  /** A value that never varies is 0. */
  private static double[] divided(double[] values, double[] deviations) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> deviations[i] > 0 ? values[i] / deviations[i] : 0)
        .toArray();
  }
}
