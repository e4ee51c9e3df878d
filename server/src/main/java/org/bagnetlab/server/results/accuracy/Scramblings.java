package org.bagnetlab.server.results.accuracy;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The accuracy of a configuration's networks under several scramblings of the same test images: one
 * of them measured by the training, the others by evaluations.
 *
 * @param n number of scramblings, over all runs
 * @param mean accuracy, averaged over each run's scramblings and then over the runs
 * @param lowest lowest accuracy of a run under one scrambling
 * @param highest highest accuracy of a run under one scrambling
 * @param points the individual accuracies
 */
record Scramblings(int n, double mean, double lowest, double highest, List<Point> points) {

  /** The accuracy of a run under one scrambling. */
  record Point(long run, long job, Optional<Long> scrambleSeed, double accuracy) {

    static Point of(MeasuredRun run, ResultRow row) {
      return new Point(
          run.job(),
          row.job(),
          Optional.ofNullable(Facts.of(row.axes()).get(TrainExperiment.SCRAMBLE_SEED.name()))
              .map(Long::valueOf),
          row.value());
    }
  }

  /** The scramblings of these runs. Empty if no run was tested under more than one scrambling. */
  static Optional<Scramblings> of(List<MeasuredRun> runs) {
    List<Point> points =
        runs.stream()
            .flatMap(
                run ->
                    run.accuracies(MeasuredSet.SCRAMBLED).stream().map(row -> Point.of(run, row)))
            .toList();
    if (points.size() <= runs.size()) {
      return Optional.empty();
    }
    List<Double> means =
        runs.stream()
            .map(run -> run.accuracies(MeasuredSet.SCRAMBLED))
            .filter(rows -> !rows.isEmpty())
            .map(rows -> Interval.mean(rows.stream().map(ResultRow::value).toList()))
            .toList();
    return Optional.of(
        new Scramblings(
            points.size(),
            Interval.mean(means),
            points.stream().mapToDouble(Point::accuracy).min().orElseThrow(),
            points.stream().mapToDouble(Point::accuracy).max().orElseThrow(),
            points));
  }
}
