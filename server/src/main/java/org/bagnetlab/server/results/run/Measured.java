package org.bagnetlab.server.results.run;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.SimulatedErrors;
import org.bagnetlab.storage.result.ResultRow;

/**
 * An accuracy or another number, measured over seeds.
 *
 * @param mean mean over the runs
 * @param values value of each run
 * @param sd standard deviation over the runs; absent for a single run
 * @param low lower end of the 95 % confidence interval; absent for two runs, for which an interval
 *     would be meaningless
 * @param high upper end of the interval
 * @param n number of runs
 * @param images number of images that each run was measured on, the smallest if they differ; 0 if
 *     unknown
 * @param interval how the interval was computed, if there is one
 * @param caution a warning that the interval is too narrow, if it is
 * @param notConverged number of runs whose last epoch was better than all before, not counting runs
 *     whose epochs are lost; absent if there are none
 */
public record Measured(
    double mean,
    List<Double> values,
    Optional<Double> sd,
    Optional<Double> low,
    Optional<Double> high,
    int n,
    int images,
    Optional<Interval.Method> interval,
    Optional<String> caution,
    Optional<Integer> notConverged) {

  /**
   * Summarises accuracies, or other shares of images, of runs that differ only in their seed; empty
   * if there are none.
   *
   * @param notConverged number of runs whose last epoch was better than all before
   */
  public static Optional<Measured> of(List<ResultRow> measurements, int notConverged) {
    return measurements.isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(
                measurements.stream().map(ResultRow::value).toList(),
                measurements.stream().map(Measured::imagesOf).toList(),
                notConverged));
  }

  /**
   * Summarises accuracies, or other shares of images, of runs that differ only in their seed.
   *
   * @param values at least one
   * @param images number of images that each was measured on, in the same order
   * @param notConverged number of runs whose last epoch was better than all before
   */
  public static Measured of(List<Double> values, List<Integer> images, int notConverged) {
    Optional<Interval> interval =
        switch (values.size()) {
          case 1 -> Optional.of(interval(values.get(0), images.get(0)));
          case 2 -> Optional.empty();
          default -> Optional.of(Interval.overSeedsAndImages(values, images));
        };
    return of(
        values,
        images,
        interval,
        values.size() == 1 ? Interval.Method.WILSON : Interval.Method.SEEDS_AND_IMAGES,
        notConverged == 0 ? Optional.empty() : Optional.of(notConverged));
  }

  /**
   * Summarises numbers that are not shares of images, of runs that differ only in their seed: a
   * single run has no interval.
   *
   * @param values at least one
   * @param unit unit of the values, which determines their bounds
   * @param images number of images that each was measured on, in the same order; 0 if unknown
   */
  public static Measured ofOther(List<Double> values, Metric.Unit unit, List<Integer> images) {
    Optional<Interval> interval =
        values.size() < 3
            ? Optional.empty()
            : Optional.of(Interval.overSeeds(values).within(unit.lowest(), unit.highest()));
    return of(values, images, interval, Interval.Method.SEEDS, Optional.empty());
  }

  private static Measured of(
      List<Double> values,
      List<Integer> images,
      Optional<Interval> interval,
      Interval.Method method,
      Optional<Integer> notConverged) {
    return new Measured(
        Interval.mean(values),
        values,
        values.size() == 1 ? Optional.empty() : Optional.of(Interval.standardDeviation(values)),
        interval.map(Interval::low),
        interval.map(Interval::high),
        values.size(),
        Collections.min(images),
        interval.map(any -> method),
        interval.flatMap(any -> SimulatedErrors.read().caution(method, values.size())),
        notConverged);
  }

  /** The 95 % confidence interval of a share over the images that it was measured on. */
  public static Interval interval(ResultRow share) {
    return interval(share.value(), imagesOf(share));
  }

  private static Interval interval(double share, int images) {
    return Interval.wilson((int) Math.round(share * images), images);
  }

  /** The number of images that a result was measured on; 0 if unknown. */
  public static int imagesOf(ResultRow result) {
    return result.images().orElse(0);
  }
}
