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
import java.util.TreeSet;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
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
    requireKnown("a sweep", sweep, KNOWN);
    String name = SweepName.checked("name", sweep.path("name").asText());
    Optional<Halving> halving = halving(sweep.path("halving"));
    int priority =
        integer(
            sweep, "priority", 0, -JobSpecReader.LARGEST_PRIORITY, JobSpecReader.LARGEST_PRIORITY);
    int stopAfter = integer(sweep, "stopAfterFailures", STOP_AFTER, 0, 1000);
    boolean again = bool(sweep, "again");
    List<ObjectNode> followers = followers(sweep.path("then"), name, priority);
    List<JobRequest> requests = new ArrayList<>();
    Set<JobSpec> seen = new LinkedHashSet<>();
    JobSpecReader reader = jobs.forMany();
    for (ObjectNode trial : trials(sweep)) {
      for (String own : List.of("sweep", "priority")) {
        if (trial.has(own)) {
          throw new InvalidSpec(
              own, "%s is the sweep's: say it beside base, not in it.".formatted(own));
        }
      }
      JobRequest request = reader.read(trial.put("sweep", name).put("priority", priority));
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

  private static List<ObjectNode> trials(JsonNode sweep) {
    ObjectNode base = object("base", sweep.path("base"));
    if (!base.has("kind")) {
      base.put("kind", "train");
    }
    List<ObjectNode> points = product("grid", base, sweep.path("grid"));
    JsonNode random = sweep.path("random");
    if (random.isMissingNode()) {
      return points;
    }
    int trials = integer(random, "trials", 0, 1, MOST_JOBS);
    if (trials == 0) {
      throw new InvalidSpec("random.trials", "random.trials is missing: say how many to draw.");
    }
    Map<String, RandomValues> values = new LinkedHashMap<>();
    random
        .properties()
        .forEach(
            entry -> {
              if (!Set.of("trials", "seed").contains(entry.getKey())) {
                values.put(
                    entry.getKey(), RandomValues.of("random." + entry.getKey(), entry.getValue()));
              }
            });
    requireFew((long) points.size() * trials);
    Random source = new Random(seed(random));
    List<ObjectNode> drawn = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Map<String, JsonNode> sample = new LinkedHashMap<>();
      values.forEach((name, range) -> sample.put(name, range.draw(source)));
      for (ObjectNode point : points) {
        ObjectNode job = point.deepCopy();
        sample.forEach(job::set);
        drawn.add(job);
      }
    }
    return drawn;
  }

  private static long seed(JsonNode random) {
    JsonNode seed = random.path("seed");
    if (!seed.isMissingNode() && !seed.canConvertToExactIntegral()) {
      throw new InvalidSpec(
          "random.seed", "random.seed must be a whole number, but is %s.".formatted(seed));
    }
    return seed.asLong(1);
  }

  private static List<ObjectNode> followers(JsonNode then, String name, int priority) {
    List<ObjectNode> followers = new ArrayList<>();
    if (!then.isMissingNode() && !then.isArray()) {
      throw new InvalidSpec("then", "then must be a list of jobs about each training.");
    }
    for (JsonNode each : then) {
      ObjectNode template = object("then", each);
      ObjectNode lists = Json.MAPPER.createObjectNode();
      ObjectNode single = Json.MAPPER.createObjectNode();
      template
          .properties()
          .forEach(
              entry ->
                  (entry.getValue().isArray() ? lists : single)
                      .set(entry.getKey(), entry.getValue()));
      if (!Set.of("evaluate", "heatmap").contains(single.path("kind").asText())) {
        throw new InvalidSpec("then", "Each job of then is of kind evaluate or heatmap.");
      }
      for (ObjectNode follower : product("then", single, lists)) {
        followers.add(follower.put("sweep", name).put("priority", priority));
      }
    }
    return followers;
  }

  /** Every combination of the lists' values, each on top of the base. */
  private static List<ObjectNode> product(String field, ObjectNode base, JsonNode lists) {
    List<ObjectNode> points = List.of(base);
    for (Map.Entry<String, JsonNode> axis : object(field, lists).properties()) {
      JsonNode values = axis.getValue();
      if (!values.isArray() || values.isEmpty()) {
        throw new InvalidSpec(
            field + "." + axis.getKey(),
            "%s.%s must be a list of values, but is %s.".formatted(field, axis.getKey(), values));
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

  private static Optional<Halving> halving(JsonNode halving) {
    if (halving.isMissingNode() || halving.isNull()) {
      return Optional.empty();
    }
    requireKnown("halving", halving, Set.of("factor", "firstEpochs"));
    return Optional.of(
        new Halving(
            integer(halving, "factor", 3, 2, 100), integer(halving, "firstEpochs", 1, 1, 999)));
  }

  private static ObjectNode object(String field, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Json.MAPPER.createObjectNode();
    }
    if (node instanceof ObjectNode object) {
      return object.deepCopy();
    }
    throw new InvalidSpec(field, "%s must be settings by name, but is %s.".formatted(field, node));
  }

  private static void requireKnown(String what, JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidSpec(
                    name,
                    "There is no field '%s' in %s. Known: %s."
                        .formatted(name, what, String.join(", ", new TreeSet<>(known))));
              }
            });
  }

  private static int integer(JsonNode object, String name, int otherwise, int least, int most) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw new InvalidSpec(
          name,
          "%s must be a whole number from %d to %d, but is %s."
              .formatted(name, least, most, value));
    }
    return value.intValue();
  }

  private static boolean bool(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw new InvalidSpec(name, "%s must be true or false, but is %s.".formatted(name, value));
    }
    return value.booleanValue();
  }
}
