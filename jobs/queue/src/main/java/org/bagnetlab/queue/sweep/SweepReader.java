package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.Fields;
import org.bagnetlab.queue.spec.InvalidSpec;
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

  private static final int MOST_JOBS = 10_000;
  private static final int STOP_AFTER = 3;
  private static final List<String> OF_THE_SWEEP = List.of("sweep", "priority");
  private static final List<String> OF_THE_RUN = List.of("sweep", "priority", "run");
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
        fields.integer(
            "priority", 0, -JobSpecReader.LARGEST_PRIORITY, JobSpecReader.LARGEST_PRIORITY);
    int stopAfter = fields.integer("stopAfterFailures", STOP_AFTER, 0, 1000);
    boolean again = fields.bool("again");
    JobSpecReader reader = jobs.forMany();
    List<ObjectNode> followers = new ArrayList<>();
    for (ObjectNode follower : followers(sweep.path("then"))) {
      followers.add(follower.put("sweep", name).put("priority", priority));
      // Only what it says of itself is looked at: its run is queued with it.
      JobRequest unused = in("then", () -> reader.read(follower.deepCopy().put("run", 1)));
    }
    List<JobRequest> requests = new ArrayList<>();
    Set<JobSpec> seen = new LinkedHashSet<>();
    for (ObjectNode trial : trials(fields)) {
      refuse(OF_THE_SWEEP, trial, own -> section(sweep, own));
      JobRequest request = trial(sweep, reader, trial.put("sweep", name).put("priority", priority));
      if (seen.add(request.spec())) {
        requests.add(withRung(request, halving));
      }
    }
    requireFew(requests.size() * (1L + followers.size()));
    if (halving.isPresent() && requests.stream().allMatch(job -> job.lastEpoch().isEmpty())) {
      throw new InvalidSpec(
          "halving",
          "halving would end no trial: firstEpochs is %d, and no trial has more epochs."
              .formatted(halving.get().firstEpochs()));
    }
    return new SweepPlan(name, Json.line(sweep), again, stopAfter, halving, requests, followers);
  }

  private static JobRequest trial(JsonNode sweep, JobSpecReader reader, ObjectNode trial) {
    try {
      return reader.read(trial);
    } catch (InvalidSpec wrong) {
      throw placed(section(sweep, wrong.field()), wrong);
    }
  }

  /** Which section decides on a setting. */
  private static String section(JsonNode sweep, String setting) {
    return Stream.of("random", "grid")
        .filter(section -> sweep.path(section).has(setting))
        .findFirst()
        .orElse("base");
  }

  private static void refuse(List<String> known, JsonNode job, UnaryOperator<String> section) {
    for (String own : known) {
      if (job.has(own)) {
        throw placed(
            section.apply(own),
            new InvalidSpec(own, "%s is the sweep's to say, not a job's.".formatted(own)));
      }
    }
  }

  /** Says where in the sweep something is wrong. */
  private static <T> T in(String section, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidSpec wrong) {
      throw placed(section, wrong);
    }
  }

  private static InvalidSpec placed(String section, InvalidSpec wrong) {
    return new InvalidSpec(
        section + "." + wrong.field(), "In %s: %s".formatted(section, wrong.getMessage()));
  }

  private static JobRequest withRung(JobRequest request, Optional<Halving> halving) {
    if (halving.isEmpty()) {
      return request;
    }
    if (!(request.spec() instanceof JobSpec.Train train)) {
      throw new InvalidSpec("halving", "halving compares trainings; kind must be train.");
    }
    return new JobRequest(
        request.spec(),
        request.title(),
        request.sweep(),
        request.priority(),
        halving.get().firstRung(train.epochs()));
  }

  private static List<ObjectNode> trials(Fields sweep) {
    ObjectNode base = Json.MAPPER.createObjectNode().put("kind", "train");
    sweep.section("base").ifPresent(said -> base.setAll(said.values()));
    List<ObjectNode> points =
        sweep
            .section("grid")
            .map(grid -> product(base, grid.values(), "grid."))
            .orElse(List.of(base));
    return sweep.section("random").map(random -> random(points, random)).orElse(points);
  }

  /** Every point with each of the trials that are drawn. */
  private static List<ObjectNode> random(List<ObjectNode> points, Fields random) {
    int trials = random.integer("trials", 0, 1, MOST_JOBS);
    if (trials == 0) {
      throw new InvalidSpec("random.trials", "random.trials is missing: say how many to draw.");
    }
    Map<String, RandomValues> ranges = new LinkedHashMap<>();
    random
        .values()
        .forEach(
            (name, values) -> {
              if (!Set.of("trials", "seed").contains(name)) {
                ranges.put(name, RandomValues.of(random.place(name), values));
              }
            });
    requireFew((long) points.size() * trials);
    Random source = new Random(random.number("seed", 1));
    List<ObjectNode> drawn = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Map<String, JsonNode> sample = new LinkedHashMap<>();
      ranges.forEach((name, range) -> sample.put(name, range.draw(source)));
      for (ObjectNode point : points) {
        ObjectNode job = point.deepCopy();
        sample.forEach(job::set);
        drawn.add(job);
      }
    }
    return drawn;
  }

  private static List<ObjectNode> followers(JsonNode then) {
    if (!then.isMissingNode() && !then.isArray()) {
      throw new InvalidSpec("then", "then must be a list of jobs about each training.");
    }
    List<ObjectNode> followers = new ArrayList<>();
    for (JsonNode each : then) {
      if (!each.isObject()) {
        throw new InvalidSpec(
            "then", "Each job of then must be settings by name, but one is %s.".formatted(each));
      }
      Map<String, JsonNode> lists = new LinkedHashMap<>();
      ObjectNode single = Json.MAPPER.createObjectNode();
      each.properties()
          .forEach(
              entry -> {
                if (entry.getValue().isArray()) {
                  lists.put(entry.getKey(), entry.getValue());
                } else {
                  single.set(entry.getKey(), entry.getValue());
                }
              });
      refuse(OF_THE_RUN, each, own -> "then");
      if (!Set.of("evaluate", "heatmap").contains(single.path("kind").asText())) {
        throw new InvalidSpec(
            "then.kind",
            "Each job of then is of kind evaluate or heatmap, but one %s."
                .formatted(single.has("kind") ? "is of kind " + single.get("kind") : "says none"));
      }
      followers.addAll(product(single, lists, "then."));
    }
    return followers;
  }

  /** Every combination of the lists' values, each on top of the base. */
  private static List<ObjectNode> product(
      ObjectNode base, Map<String, JsonNode> lists, String place) {
    List<ObjectNode> points = List.of(base);
    for (Map.Entry<String, JsonNode> axis : lists.entrySet()) {
      String field = place + axis.getKey();
      JsonNode values = axis.getValue();
      if (!values.isArray() || values.isEmpty()) {
        throw new InvalidSpec(
            field, "%s must be a list of values, but is %s.".formatted(field, values));
      }
      requireFew((long) points.size() * values.size());
      List<ObjectNode> more = new ArrayList<>();
      for (ObjectNode point : points) {
        for (JsonNode value : values) {
          more.add(point.deepCopy().set(axis.getKey(), value));
        }
      }
      points = more;
    }
    return points.stream().map(ObjectNode::deepCopy).toList();
  }

  private static void requireFew(long number) {
    if (number > MOST_JOBS) {
      throw new InvalidSpec(
          "grid", "A sweep has at most %d jobs, but these are %d.".formatted(MOST_JOBS, number));
    }
  }

  private static Halving halving(Fields halving) {
    Fields fields = halving.only("halving", Set.of("factor", "firstEpochs"));
    return new Halving(
        fields.integer("factor", 3, 2, 100), fields.integer("firstEpochs", 1, 1, 999));
  }
}
