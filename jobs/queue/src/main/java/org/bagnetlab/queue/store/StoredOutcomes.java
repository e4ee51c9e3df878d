package org.bagnetlab.queue.store;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.queue.sweep.Trials;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.sweep.SweepRow;
import org.bagnetlab.storage.sweep.SweepTrainingRow;

/** Reads what the trainings of a sweep reached. */
public final class StoredOutcomes {

  private StoredOutcomes() {}

  /**
   * The outcomes of a sweep. The trials of a successive halving are compared at the first rung:
   * later, only the best are left, with more epochs. A trial that was stopped below the median has
   * the accuracy that it had reached. Fails with {@link org.bagnetlab.queue.job.RequestRefused}.
   */
  public static SweepOutcomes of(Tables tables, String name) {
    SweepRow sweep = SweepRows.find(tables, name);
    Optional<Halving> halving = SweepRules.halving(sweep);
    return new SweepOutcomes(
        tables.sweeps().trainings(name).stream()
            .flatMap(training -> outcome(training, halving.isPresent()))
            .toList(),
        halving.map(Halving::firstEpochs),
        sampled(sweep));
  }

  private static Set<String> sampled(SweepRow sweep) {
    return sweep.definition().isEmpty()
        ? Set.of()
        : Trials.of(SweepRows.definition(sweep))
            .search()
            .map(search -> search.ranges().keySet())
            .orElse(Set.of());
  }

  private static Stream<SweepOutcomes.Outcome> outcome(
      SweepTrainingRow training, boolean atFirstRung) {
    return StoredSpec.training(training.spec()).stream()
        .flatMap(
            spec ->
                (atFirstRung ? training.firstRung() : reached(training, spec))
                        .map(accuracy -> new SweepOutcomes.Outcome(training.job(), spec, accuracy))
                        .stream());
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
