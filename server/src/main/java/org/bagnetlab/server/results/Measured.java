package org.bagnetlab.server.results;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.result.ResultRow;

/**
 * An accuracy over seeds.
 *
 * @param mean over the runs
 * @param sd standard deviation over the runs; absent for one
 * @param low lower end of the 95 % interval
 * @param high upper end of it
 * @param n number of runs
 * @param images that each run was measured on
 * @param interval how it was computed
 */
record Measured(
    double mean,
    Optional<Double> sd,
    double low,
    double high,
    int n,
    int images,
    Interval.Method interval) {

  /** The accuracies of runs that differ in their seed only; empty if there are none. */
  static Optional<Measured> of(List<ResultRow> measurements) {
    if (measurements.isEmpty()) {
      return Optional.empty();
    }
    ResultRow first = measurements.get(0);
    if (measurements.size() == 1) {
      Interval interval = interval(first);
      return Optional.of(
          new Measured(
              first.value(),
              Optional.empty(),
              interval.low(),
              interval.high(),
              1,
              images(first),
              Interval.Method.WILSON));
    }
    List<Double> accuracies = measurements.stream().map(ResultRow::value).toList();
    Interval interval = Interval.studentT(accuracies);
    return Optional.of(
        new Measured(
            Interval.mean(accuracies),
            Optional.of(Interval.standardDeviation(accuracies)),
            interval.low(),
            interval.high(),
            measurements.size(),
            images(first),
            Interval.Method.STUDENT_T));
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
