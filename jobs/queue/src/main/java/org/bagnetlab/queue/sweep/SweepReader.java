package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SweepName;

/**
 * Reads a sweep:
 *
 * <pre>
 * name: ladder                    letters, digits, dots, dashes, underscores
 * base: {dataset: controlled-15}  settings of every job
 * grid: {architecture: [bagnet9, bagnet33], seed: [1, 2, 3]}
 * random: {trials: 20, seed: 7, learningRate: {from: 1e-4, to: 1e-2, scale: log}}
 * halving: {factor: 3, firstEpochs: 2}
 * then: [{kind: heatmap, stride: 8}, {kind: evaluate, scrambleSeed: [2, 3]}]
 * priority: 0
 * stopAfterFailures: 3
 * again: false
 * </pre>
 *
 * The grid is multiplied out; each point of it gets every random trial; {@code then} follows each
 * training, its lists multiplied out, too.
 */
public final class SweepReader {

  private static final int STOP_AFTER = 3;
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "base",
          "grid",
          "random",
          "halving",
          "then",
          "priority",
          "stopAfterFailures",
          "again");

  private final JobSpecReader jobs;

  /** Reads jobs by this reader. */
  public SweepReader(JobSpecReader jobs) {
    this.jobs = jobs;
  }

  /**
   * The sweep that a JSON object asks for. Looks for data sets on the disk.
   *
   * @throws InvalidSpec if a field is wrong
   */
  public SweepPlan read(JsonNode sweep) {
    Fields fields = Fields.of(sweep).only("a sweep", KNOWN);
    String name = SweepName.checked("name", fields.text("name").orElse(""));
    Optional<Halving> halving = fields.section("halving").map(SweepReader::halving);
    int priority =
        fields
            .integer("priority", -JobSpecReader.LARGEST_PRIORITY, JobSpecReader.LARGEST_PRIORITY)
            .orElse(0);
    int stopAfter = fields.integer("stopAfterFailures", 0, 1000).orElse(STOP_AFTER);
    boolean again = fields.bool("again");
    JobSpecReader reader = jobs.forMany();
    List<ObjectNode> followers = followers(sweep, reader, name, priority);
    List<JobRequest> requests = new ArrayList<>();
    Set<JobSpec> seen = new HashSet<>();
    Trials.of(fields)
        .forEach(
            trial -> {
              Reserved.refuse(Reserved.OF_THE_SWEEP, trial, own -> section(sweep, own));
              JobRequest request =
                  trial(sweep, reader, trial.put("sweep", name).put("priority", priority));
              if (seen.add(request.spec())) {
                requests.add(withRung(request, halving));
                var _ = SweepSize.checked("grid", seen.size() * (1L + followers.size()));
              }
            });
    if (halving.isPresent() && requests.stream().allMatch(job -> job.lastEpoch().isEmpty())) {
      throw new InvalidSpec(
          "halving",
          "halving has no effect: firstEpochs is %d, but no trial has more epochs. Lower firstEpochs or raise epochs."
              .formatted(halving.get().firstEpochs()));
    }
    return new SweepPlan(name, Json.line(sweep), again, stopAfter, halving, requests, followers);
  }

  private static List<ObjectNode> followers(
      JsonNode sweep, JobSpecReader reader, String name, int priority) {
    List<ObjectNode> followers = new ArrayList<>();
    Followers.of(sweep.path("then"))
        .forEach(
            follower -> {
              followers.add(follower.put("sweep", name).put("priority", priority));
              checkFollower(reader, follower);
            });
    return followers;
  }

  /** Only its own settings are checked: its run is queued with it. */
  private static void checkFollower(JobSpecReader reader, ObjectNode follower) {
    try {
      var _ = reader.read(follower.deepCopy().put("run", 1));
    } catch (InvalidSpec wrong) {
      throw Reserved.placed("then", wrong);
    }
  }

  private static JobRequest trial(JsonNode sweep, JobSpecReader reader, ObjectNode trial) {
    try {
      return reader.read(trial);
    } catch (InvalidSpec wrong) {
      throw Reserved.placed(section(sweep, wrong.field()), wrong);
    }
  }

  /** Which section decides on a setting. */
  private static String section(JsonNode sweep, String setting) {
    return Stream.of("random", "grid")
        .filter(section -> sweep.path(section).has(setting))
        .findFirst()
        .orElse("base");
  }

  private static JobRequest withRung(JobRequest request, Optional<Halving> halving) {
    if (halving.isEmpty()) {
      return request;
    }
    if (!(request.spec() instanceof TrainSpec train)) {
      throw new InvalidSpec("halving", "halving compares trainings; kind must be train.");
    }
    return new JobRequest(
        request.spec(),
        request.title(),
        request.sweep(),
        request.priority(),
        halving.get().firstRung(train.get(TrainExperiment.EPOCHS)),
        false);
  }

  private static Halving halving(Fields halving) {
    Fields fields = halving.only("halving", Set.of("factor", "firstEpochs"));
    return new Halving(
        fields.integer("factor", 2, 100).orElse(3),
        fields.integer("firstEpochs", 1, 999).orElse(1));
  }
}
