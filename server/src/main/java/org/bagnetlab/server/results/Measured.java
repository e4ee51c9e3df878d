package org.bagnetlab.server.results;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;

/**
 * An accuracy over seeds.
 *
 * @param mean over the runs
 * @param values each run's
 * @param sd standard deviation over the runs; absent for one
 * @param low lower end of the 95 % interval; absent for two runs, of which an interval says nothing
 * @param high upper end of it
 * @param n number of runs
 * @param images that each run was measured on
 * @param interval how it was computed, if there is one
 * @param notConverged how many of the runs had their best epoch last; absent if none
 */
record Measured(
    double mean,
    List<Double> values,
    Optional<Double> sd,
    Optional<Double> low,
    Optional<Double> high,
    int n,
    int images,
    Optional<Interval.Method> interval,
    Optional<Integer> notConverged) {

  /**
   * The accuracies of runs that differ in their seed only; empty if there are none.
   *
   * @param notConverged how many of the runs had their best epoch last
   */
  static Optional<Measured> of(List<ResultRow> measurements, int notConverged) {
    if (measurements.isEmpty()) {
      return Optional.empty();
    }
    ResultRow first = measurements.get(0);
    List<Double> values = measurements.stream().map(ResultRow::value).toList();
    Optional<Double> sd =
        values.size() == 1 ? Optional.empty() : Optional.of(Interval.standardDeviation(values));
    Optional<Interval> interval =
        switch (values.size()) {
          case 1 -> Optional.of(interval(first));
          case 2 -> Optional.empty();
          default -> Optional.of(Interval.overSeedsAndImages(values, images(first)));
        };
    return Optional.of(
        new Measured(
            Interval.mean(values),
            values,
            sd,
            interval.map(Interval::low),
            interval.map(Interval::high),
            values.size(),
            images(first),
            interval.map(
                any ->
                    values.size() == 1 ? Interval.Method.WILSON : Interval.Method.SEEDS_AND_IMAGES),
            notConverged == 0 ? Optional.empty() : Optional.of(notConverged)));
  }

  /** The 95 % interval of a share over the images that it was measured on. */
  static Interval interval(ResultRow share) {
    int images = images(share);
    return Interval.wilson((int) Math.round(share.value() * images), images);
  }

  private static int images(ResultRow result) {
    return result.images().orElse(0);
  }
}
