package org.bagnetlab.server.results;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.MeasurementRow;

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
  static Optional<Measured> of(List<MeasurementRow> measurements) {
    if (measurements.isEmpty()) {
      return Optional.empty();
    }
    MeasurementRow first = measurements.get(0);
    if (measurements.size() == 1) {
      Interval interval = Interval.wilson(first.correct(), first.images());
      return Optional.of(
          new Measured(
              first.accuracy(),
              Optional.empty(),
              interval.low(),
              interval.high(),
              1,
              first.images(),
              Interval.Method.WILSON));
    }
    List<Double> accuracies = measurements.stream().map(MeasurementRow::accuracy).toList();
    Interval interval = Interval.studentT(accuracies);
    return Optional.of(
        new Measured(
            Interval.mean(accuracies),
            Optional.of(Interval.standardDeviation(accuracies)),
            interval.low(),
            interval.high(),
            measurements.size(),
            first.images(),
            Interval.Method.STUDENT_T));
  }
}
