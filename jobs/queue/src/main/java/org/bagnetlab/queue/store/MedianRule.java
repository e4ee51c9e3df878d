package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.MedianStopping;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.TrialRow;

/** Applies the median stopping rule of a sweep to a trial. */
public final class MedianRule {

  private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {};

  private static final String CODE = new Cause.BelowMedian(0, 0, 0, 0).code();

  private MedianRule() {}

  /**
   * Why a running trial should stop after its last stored epoch, if it should. A trial continues if
   * another sweep shares it, or if it was stopped before and a user resumed it.
   */
  public static Optional<Cause> stops(Tables tables, long job) {
    List<TrialRow> trials = tables.trials().ofJob(job);
    if (trials.size() != 1 || tables.sweeps().of(job).size() != 1) {
      return Optional.empty();
    }
    TrialRow trial = trials.getFirst();
    return tables
        .sweeps()
        .find(trial.sweep())
        .flatMap(sweep -> MedianStopping.of(Fields.of(Json.read(sweep.definition(), OBJECT))))
        .flatMap(rule -> stops(tables, trial, rule));
  }

  private static Optional<Cause> stops(Tables tables, TrialRow trial, MedianStopping rule) {
    JobRow job = tables.jobs().find(trial.job()).orElseThrow();
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

  /** Whether a cancelled trial has a result, because the rule stopped it. */
  public static boolean stopped(JobRow job) {
    return JobRows.name(job) == JobState.Name.CANCELLED
        && stopped(job.state().cause().map(cause -> cause.code()));
  }

  static boolean stopped(Optional<String> causeCode) {
    return causeCode.equals(Optional.of(CODE));
  }
}
