package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.sweep.Search;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.TrialRow;

/** The results of a search so far. */
public final class TrialResults {

  private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {};

  private TrialResults() {}

  /** The results of the trials of a point that succeeded, in the order of the draws. */
  public static List<Search.Result> of(Tables tables, String sweep, int point) {
    List<TrialRow> trials = tables.trials().ofPoint(sweep, point);
    Map<Long, JobRow> jobs = new HashMap<>();
    tables
        .jobs()
        .find(trials.stream().map(TrialRow::job).toList())
        .forEach(job -> jobs.put(job.id(), job));
    Map<Long, List<Double>> accuracies = tables.trials().accuracies(sweep, point);
    List<Search.Result> results = new ArrayList<>();
    for (TrialRow trial : trials) {
      JobRow job = jobs.get(trial.job());
      List<Double> epochs = accuracies.get(trial.job());
      if (job != null && epochs != null && JobRows.name(job) == JobState.Name.SUCCEEDED) {
        TrainSpec training = (TrainSpec) JobRows.spec(job);
        results.add(
            new Search.Result(
                Json.read(trial.drawn(), OBJECT),
                training.get(OptimisationParameters.KEEP).accuracy(epochs)));
      }
    }
    return results;
  }
}
