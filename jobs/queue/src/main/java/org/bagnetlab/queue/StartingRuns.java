package org.bagnetlab.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.storage.database.Tables;

/** The runs of the lab that the jobs of a sweep start from. */
final class StartingRuns {

  private StartingRuns() {}

  /**
   * What is wrong with them, with the section of the sweep that names each.
   *
   * @param runs finds them
   */
  static List<InvalidSpec> problems(Tables tables, TrainedRuns runs, SweepPlan plan) {
    JsonNode definition = Json.object(plan.definition());
    Set<List<Object>> checked = new HashSet<>();
    Map<String, InvalidSpec> problems = new LinkedHashMap<>();
    for (JobRequest request : plan.jobs()) {
      JobSpec spec = request.spec();
      // What else a job sets does not decide whether it can use a run.
      List<Object> start =
          List.of(
              spec.kind(),
              spec.subject(),
              spec.find(TrainExperiment.ARCHITECTURE),
              spec.find(TrainExperiment.WIDTH),
              spec.find(TrainExperiment.IMAGE_SIZE),
              spec.find(TrainExperiment.DATASET));
      if (spec.subject().isPresent() && checked.add(start)) {
        try {
          var _ = runs.awaited(tables, runs.completed(tables, request).spec());
        } catch (InvalidSpec wrong) {
          problems.putIfAbsent(wrong.getMessage(), SweepReader.placed(definition, wrong));
        }
      }
    }
    return List.copyOf(problems.values());
  }
}
