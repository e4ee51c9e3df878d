package org.bagnetlab.queue.store;

import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.sweep.SweepTrainingRow;

/** Reads what the trainings of a sweep reached. */
public final class StoredOutcomes {

  private StoredOutcomes() {}

  /**
   * The outcomes of a sweep. The trials of a successive halving are compared at the first rung:
   * later, only the best are left, with more epochs. A trial that was stopped below the median has
   * the accuracy that it had reached. Fails with {@link org.bagnetlab.queue.job.RequestRefused}.
   */
  public static SweepOutcomes of(Tables tables, String sweep) {
    Optional<Integer> firstRung =
        SweepRows.sweep(tables, sweep).halving().map(Halving::firstEpochs);
    return new SweepOutcomes(
        tables.sweeps().trainings(sweep).stream()
            .flatMap(training -> outcome(training, firstRung.isPresent()))
            .toList(),
        firstRung);
  }

  private static Stream<SweepOutcomes.Outcome> outcome(
      SweepTrainingRow training, boolean atFirstRung) {
    return StoredSpec.training(training.spec()).stream()
        .flatMap(
            spec ->
                (atFirstRung ? training.firstRung() : reached(training, spec))
                    .map(accuracy -> new SweepOutcomes.Outcome(spec, accuracy)).stream());
  }

  private static Optional<Double> reached(SweepTrainingRow training, TrainSpec spec) {
    boolean stopped = training.causeCode().equals(Optional.of(MedianRule.CODE));
    return switch (JobState.Name.valueOf(training.state())) {
      case SUCCEEDED -> kept(training, spec);
      case CANCELLED -> stopped ? kept(training, spec) : Optional.empty();
      case FAILED, QUEUED, RUNNING, PAUSING, PAUSED, INTERRUPTED -> Optional.empty();
    };
  }

  private static Optional<Double> kept(SweepTrainingRow training, TrainSpec spec) {
    return spec.get(OptimisationParameters.KEEP).of(training.best(), training.last());
  }
}
