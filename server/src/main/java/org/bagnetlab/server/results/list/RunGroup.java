package org.bagnetlab.server.results.list;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;

/**
 * Runs of a list that belong to one configuration.
 *
 * @param runs their ids, the newest first
 * @param counted those that the means are over, the newest first: without trainings that do not
 *     count as results, and without those that repeat another one
 * @param validation accuracy on validation images over the counted runs
 * @param test the same on test images
 * @param scrambled the same on scrambled test images
 * @param curve mean validation accuracy of the counted runs after each epoch that all of them have
 */
public record RunGroup(
    List<Long> runs,
    List<Long> counted,
    Optional<Measured> validation,
    Optional<Measured> test,
    Optional<Measured> scrambled,
    List<Double> curve) {

  /** A run that is not a training of this lab's kind: a group of one. */
  static RunGroup of(ListedRun run) {
    return new RunGroup(
        List.of(run.id()),
        List.of(run.id()),
        run.validation().map(RunGroup::measured),
        run.test().map(RunGroup::measured),
        run.scrambled().map(RunGroup::measured),
        List.of());
  }

  private static Measured measured(ListedRun.Accuracy one) {
    return Measured.of(List.of(one.accuracy()), List.of(one.images()), 0);
  }

  /** The runs of a configuration. None of them may count. */
  static RunGroup of(List<Long> runs, Configuration counted) {
    return new RunGroup(
        runs,
        counted.numbers().reversed(),
        counted.measured(MeasuredSet.VALIDATION),
        counted.measured(MeasuredSet.TEST),
        counted.measured(MeasuredSet.SCRAMBLED),
        List.of());
  }

  RunGroup with(List<Double> otherCurve) {
    return new RunGroup(runs, counted, validation, test, scrambled, otherCurve);
  }

  /** The run by whose values the configuration is sorted, except those that have a mean. */
  long typical() {
    return counted.isEmpty() ? runs.getFirst() : counted.getFirst();
  }

  /** The mean in a column of accuracies; empty if the column is another or nothing counts. */
  Optional<RunColumn.Key> mean(RunColumn column) {
    return switch (column.name()) {
      case "validation" -> validation.map(Measured::mean).map(RunColumn.Key::of);
      case "test" -> test.map(Measured::mean).map(RunColumn.Key::of);
      case "scrambled" -> scrambled.map(Measured::mean).map(RunColumn.Key::of);
      default -> Optional.empty();
    };
  }
}
