package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.parameter.Settings;
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
 * cases: [{architecture: bagnet9, learningRate: 1e-3}, {architecture: resnet50, learningRate: 2e-3}]
 * grid: {width: [0.25, 0.5], seed: [1, 2, 3]}
 * random: {trials: 20, seed: 7, learningRate: {from: 1e-4, to: 1e-2, scale: log}}
 * halving: {factor: 3, firstEpochs: 2}
 * medianStopping: {afterEpochs: 5, afterTrials: 5}
 * then: [{kind: heatmap, stride: 8}, {kind: evaluate, scrambleSeed: [2, 3]}]
 * priority: 0
 * stopAfterFailures: 3
 * budget: 10                      device hours
 * again: false
 * </pre>
 *
 * Every combination of the grid's values is run with every case and every random trial; the jobs of
 * {@code then} follow each training, for every combination of their lists. A training in {@code
 * then} starts from the network of the training that it follows.
 */
public final class SweepReader {

  private static final int STOP_AFTER = 3;

  /** Placeholder for the name of a sweep that is checked before it has a name. */
  private static final String UNNAMED = "unnamed";

  private static final String SEARCHED = "random.";

  /** Number of invalid trials after which checking stops. */
  private static final int MOST_WRONG = 1000;

  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "base",
          "cases",
          "grid",
          "random",
          "halving",
          "medianStopping",
          "then",
          "priority",
          "stopAfterFailures",
          Budget.SETTING,
          "again");

  private final JobSpecReader jobs;

  /** Uses this reader for jobs. */
  public SweepReader(JobSpecReader jobs) {
    this.jobs = jobs;
  }

  /**
   * The sweep that a JSON object requests. Looks for data sets on the disk.
   *
   * @throws InvalidSpec if a field is wrong
   */
  public SweepPlan read(JsonNode sweep) {
    return read(
        sweep,
        wrong -> {
          throw wrong;
        },
        _ -> {});
  }

  /**
   * A sweep being checked.
   *
   * @param plan what its valid settings describe
   * @param settings the settings of its jobs and follow-up jobs, by experiment; without the runs
   *     that follow-up jobs use, which do not exist yet
   * @param about number of follow-up jobs that use the networks of its trainings
   * @param problems errors, one for each field
   */
  public record Draft(
      SweepPlan plan,
      Map<String, List<Settings>> settings,
      long about,
      List<InvalidSpec> problems) {

    /** The number of trainings. */
    public int trainings() {
      return plan.jobs().size();
    }
  }

  /** Checks an incomplete sweep. */
  public Draft draft(JsonNode sweep) {
    Map<String, InvalidSpec> problems = new LinkedHashMap<>();
    Map<String, List<Settings>> settings = new HashMap<>();
    SweepPlan plan =
        read(
            sweep,
            wrong -> problems.putIfAbsent(wrong.field(), wrong),
            follower -> add(follower, FollowerRequest.withoutRun(follower), settings));
    plan.jobs().forEach(job -> add(job.spec(), job.spec().settings(), settings));
    long about =
        plan.jobs().stream()
            .map(JobRequest::spec)
            .mapToLong(
                spec -> plan.followers().stream().filter(each -> jobs.suits(each, spec)).count())
            .sum();
    return new Draft(plan, settings, about, List.copyOf(problems.values()));
  }

  private static void add(JobSpec job, Settings own, Map<String, List<Settings>> settings) {
    settings.computeIfAbsent(job.kind(), _ -> new ArrayList<>()).add(own);
  }

  /**
   * Reads the valid parts.
   *
   * @param problems takes errors, and may throw them to stop reading
   * @param following takes follow-up jobs, as if they used run 1; equal ones once
   */
  private SweepPlan read(
      JsonNode sweep, Consumer<InvalidSpec> problems, Consumer<JobSpec> following) {
    Fields fields = Fields.of(sweep);
    var _ = attempt(() -> fields.only("a sweep", KNOWN), fields, problems);
    String name =
        attempt(() -> SweepName.checked("name", fields.text("name").orElse("")), UNNAMED, problems);
    Optional<Halving> halving =
        attempt(
            () -> fields.section("halving").map(SweepReader::halving), Optional.empty(), problems);
    int priority =
        attempt(
            () ->
                fields
                    .integer(
                        "priority", -JobSpecReader.LARGEST_PRIORITY, JobSpecReader.LARGEST_PRIORITY)
                    .orElse(0),
            0,
            problems);
    int stopAfter =
        attempt(
            () -> fields.integer("stopAfterFailures", 0, 1000).orElse(STOP_AFTER),
            STOP_AFTER,
            problems);
    var _ = attempt(() -> Budget.seconds(fields), Optional.empty(), problems);
    boolean again = attempt(() -> fields.bool("again"), false, problems);
    JobSpecReader reader = jobs.forMany();
    List<ObjectNode> followers = new ArrayList<>();
    attempt(() -> Followers.of(sweep.path("then")), Followers.NONE, problems)
        .forEach(
            follower -> {
              followers.add(follower.put("sweep", name).put("priority", priority));
              if (!FollowerRequest.isTraining(follower)) {
                // Only the follower's own settings are checked: the run is queued with it.
                job(reader, follower.deepCopy().put("run", 1), own -> "then", problems)
                    .map(JobRequest::spec)
                    .ifPresent(following);
              }
            });
    Map<JobSpec, JobRequest> requests = new LinkedHashMap<>();
    AtomicInteger wrong = new AtomicInteger();
    Trials trials = trials(sweep, problems);
    trials.forEach(
        (settings, trial) -> {
          if (wrong.get() == MOST_WRONG) {
            return;
          }
          Optional<JobRequest> request =
              attempt(
                  () -> {
                    Reserved.refuse(Reserved.OF_THE_SWEEP, settings, own -> section(sweep, own));
                    return job(
                            reader,
                            settings.put("sweep", name).put("priority", priority),
                            own -> section(sweep, own),
                            problems)
                        .map(read -> trial.map(read::asTrial).orElse(read))
                        .map(read -> withRung(read, halving));
                  },
                  Optional.empty(),
                  problems);
          if (request.isEmpty()) {
            wrong.incrementAndGet();
          }
          request.ifPresent(read -> requests.putIfAbsent(read.spec(), read));
          var _ =
              attempt(
                  () -> SweepSize.checked("grid", requests.size() * (1L + followers.size())),
                  0,
                  problems);
        });
    checkTrainings(reader, followers, requests.keySet(), problems, following);
    Optional<MedianStopping> median =
        attempt(() -> MedianStopping.of(fields), Optional.empty(), problems);
    SearchCheck check = new SearchCheck(trials.search(), requests.keySet(), followers);
    if (trials.search().isPresent()) {
      check(() -> median.ifPresent(rule -> check.median(rule, halving)), problems);
    } else if (median.isPresent() && !sweep.hasNonNull("random")) {
      problems.accept(
          new InvalidSpec(
              "medianStopping",
              "medianStopping compares the trials of a search: add random, or remove it."));
    }
    check(() -> check.learning(halving), problems);
    if (!requests.isEmpty()
        && halving.isPresent()
        && requests.values().stream().allMatch(job -> job.lastEpoch().isEmpty())) {
      problems.accept(
          new InvalidSpec(
              "halving",
              "halving has no effect: firstEpochs is %d, but no trial has more epochs. Lower firstEpochs or raise epochs."
                  .formatted(halving.get().firstEpochs())));
    }
    return new SweepPlan(
        name,
        Json.line(sweep),
        again,
        stopAfter,
        halving,
        List.copyOf(requests.values()),
        followers);
  }

  /** Checks the trainings that follow others, once for all trials of which they take the same. */
  private static void checkTrainings(
      JobSpecReader reader,
      List<ObjectNode> followers,
      Set<JobSpec> trials,
      Consumer<InvalidSpec> problems,
      Consumer<JobSpec> following) {
    Map<Settings, TrainSpec> different = new LinkedHashMap<>();
    for (JobSpec trial : trials) {
      if (trial instanceof TrainSpec training) {
        // Any seed is allowed.
        different.putIfAbsent(
            FollowerRequest.inherited(training).without(TrainExperiment.SEED), training);
      }
    }
    for (ObjectNode follower : followers) {
      if (FollowerRequest.isTraining(follower)) {
        for (TrainSpec training : different.values()) {
          job(reader, FollowerRequest.of(follower, training, 1), own -> "then", problems)
              .map(JobRequest::spec)
              .ifPresent(following);
        }
      }
    }
  }

  private static void check(Runnable check, Consumer<InvalidSpec> problems) {
    var _ =
        attempt(
            () -> {
              check.run();
              return true;
            },
            false,
            problems);
  }

  private static <T> T attempt(Supplier<T> part, T otherwise, Consumer<InvalidSpec> problems) {
    try {
      return part.get();
    } catch (InvalidSpec wrong) {
      problems.accept(wrong);
      return otherwise;
    }
  }

  /**
   * The trials of a sweep. If a setting of the search is invalid, the trials of a search without
   * it; if the search itself is, the trials without it.
   */
  private static Trials trials(JsonNode sweep, Consumer<InvalidSpec> problems) {
    try {
      return Trials.of(Fields.of(sweep));
    } catch (InvalidSpec wrong) {
      problems.accept(wrong);
      if (!sweep.hasNonNull("random")) {
        return Trials.NONE;
      }
      ObjectNode rest = sweep.deepCopy();
      boolean removed =
          wrong.field().startsWith(SEARCHED)
              && rest.path("random") instanceof ObjectNode search
              && removed(search, wrong.field().substring(SEARCHED.length()));
      return trials(removed ? rest : rest.without("random"), problems);
    }
  }

  /** Removes a field of a search with those that make sense only beside it. */
  private static boolean removed(ObjectNode search, String field) {
    if (field.equals("sampler")) {
      search.remove("startup");
    }
    return search.remove(field) != null;
  }

  /** Reads a job, and reports all its errors with the section of the sweep that sets the value. */
  private static Optional<JobRequest> job(
      JobSpecReader reader,
      ObjectNode job,
      UnaryOperator<String> section,
      Consumer<InvalidSpec> problems) {
    try {
      return Optional.of(reader.read(job));
    } catch (InvalidSpec first) {
      Stream.concat(Stream.of(first), reader.problems(job).stream())
          .forEach(wrong -> problems.accept(Reserved.placed(section.apply(wrong.field()), wrong)));
      return Optional.empty();
    }
  }

  /** An error in a job's setting, with the section of the sweep that sets the value. */
  public static InvalidSpec placed(JsonNode sweep, InvalidSpec wrong) {
    return Reserved.placed(section(sweep, wrong.field()), wrong);
  }

  /** The section that sets a value. */
  private static String section(JsonNode sweep, String setting) {
    return Stream.of("random", "grid")
        .filter(section -> sweep.path(section).has(setting))
        .findFirst()
        .orElse(sweep.path("cases").findValue(setting) == null ? "base" : "cases");
  }

  private static JobRequest withRung(JobRequest request, Optional<Halving> halving) {
    if (halving.isEmpty()) {
      return request;
    }
    if (!(request.spec() instanceof TrainSpec train)) {
      throw new InvalidSpec("halving", "halving compares trainings; kind must be train.");
    }
    return request.pausingAfter(halving.get().firstRung(train.get(TrainExperiment.EPOCHS)));
  }

  private static Halving halving(Fields halving) {
    Fields fields = halving.only("halving", Set.of("factor", "firstEpochs"));
    return new Halving(
        fields.integer("factor", 2, 100).orElse(3),
        fields.integer("firstEpochs", 1, 999).orElse(1));
  }
}
