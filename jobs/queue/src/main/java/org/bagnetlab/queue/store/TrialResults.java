package org.bagnetlab.queue.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Search;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.sweep.EndedTrialRow;

/** What a search learns from. */
public final class TrialResults {

  private TrialResults() {}

  /**
   * The results of the trials of a point, in the order of their numbers. A trial that was stopped
   * below the median has the accuracy that it had reached. A failed one has no accuracy, but is a
   * result, too: values that exhaust the memory, for example, are not worth trying again. Trials
   * that a user cancelled are left out.
   */
  public static List<Search.Result> of(Tables tables, String sweep, int point) {
    return tables.trials().ended(sweep, point).stream().flatMap(TrialResults::result).toList();
  }

  private static Stream<Search.Result> result(EndedTrialRow trial) {
    return switch (JobState.Name.valueOf(trial.state())) {
      case SUCCEEDED -> Stream.of(result(trial, accuracy(trial)));
      case CANCELLED ->
          trial.causeCode().equals(Optional.of(MedianRule.CODE))
              ? Stream.of(result(trial, accuracy(trial)))
              : Stream.empty();
      case FAILED -> Stream.of(result(trial, Optional.empty()));
      case QUEUED, RUNNING, PAUSING, PAUSED, INTERRUPTED -> Stream.empty();
    };
  }

  private static Search.Result result(EndedTrialRow trial, Optional<Double> accuracy) {
    return new Search.Result(Json.object(trial.tried()), accuracy);
  }

  /** The validation accuracy of the epoch that a training kept. */
  private static Optional<Double> accuracy(EndedTrialRow trial) {
    return StoredSpec.read(trial.spec())
        .get(OptimisationParameters.KEEP)
        .of(trial.best(), trial.last());
  }
}
