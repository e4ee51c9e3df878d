package org.bagnetlab.queue.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.MedianStopping;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.TrialRow;

/** Applies the median stopping rule of a sweep to a trial. */
public final class MedianRule {

  /** The code of the cause of a stopped trial. */
  public static final String CODE = new Cause.BelowMedian(0, 0, 0, 0).code();

  private MedianRule() {}

  /**
   * Why a running trial should stop after its last stored epoch, if it should. A trial continues if
   * others need it, or if it was stopped before and a user resumed it.
   */
  static Optional<Cause> stops(Tables tables, long id) {
    return tables
        .jobs()
        .find(id)
        .flatMap(job -> OwnTrial.of(tables, job).flatMap(trial -> stops(tables, job, trial)));
  }

  private static Optional<Cause> stops(Tables tables, JobRow job, TrialRow trial) {
    return tables
        .sweeps()
        .find(trial.sweep())
        .flatMap(sweep -> MedianStopping.of(SweepRows.definition(sweep)))
        .flatMap(rule -> stops(tables, job, trial, rule));
  }

  private static Optional<Cause> stops(
      Tables tables, JobRow job, TrialRow trial, MedianStopping rule) {
    List<EpochRow> epochs = tables.runs().epochs(trial.job());
    OptionalDouble best = epochs.stream().mapToDouble(EpochRow::validationAccuracy).max();
    if (best.isEmpty()
        || epochs.size() < rule.afterEpochs()
        || epochs.size() >= JobRows.spec(job).get(TrainExperiment.EPOCHS)
        || wasStopped(tables, trial.job())) {
      return Optional.empty();
    }
    List<Double> averages =
        tables.trials().averages(trial.sweep(), trial.point(), epochs.getLast().epoch());
    return rule.median(averages)
        .filter(median -> best.getAsDouble() < median)
        .map(
            median ->
                new Cause.BelowMedian(
                    epochs.getLast().epoch(), best.getAsDouble(), median, averages.size()));
  }

  /** Whether the rule stopped a trial before. */
  private static boolean wasStopped(Tables tables, long job) {
    return tables.jobs().transitions(job).stream()
        .anyMatch(transition -> transition.cause().code().equals(CODE));
  }

  /** Whether a trial has a result although it was cancelled, because the rule stopped it. */
  public static boolean stopped(JobState state) {
    return state instanceof JobState.Cancelled cancelled
        && cancelled.cause() instanceof Cause.BelowMedian;
  }
}
