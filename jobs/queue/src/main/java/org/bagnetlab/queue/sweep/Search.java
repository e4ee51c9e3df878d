package org.bagnetlab.queue.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bagnetlab.experiment.request.Alike;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.sweep.tpe.TreeParzenEstimator;

/**
 * The search of a sweep: its section {@code random}. With the sampler {@code random}, all trials
 * try values that were drawn when the sweep was queued. With {@code tpe}, only the first ones do; a
 * later one tries what the results suggest at the time when it starts.
 *
 * @param ranges the values to try, by setting
 * @param trials number of trials of each point
 * @param seed seed of the draws
 * @param startup number of results of a point from which on trials follow them; empty if they never
 *     do
 */
public record Search(
    Map<String, RandomValues> ranges, int trials, long seed, Optional<Integer> startup) {

  private static final List<String> OWN = List.of("trials", "seed", "sampler", "startup");

  private static final String RANDOM = "random";
  private static final String TPE = "tpe";

  /** As in other implementations of the estimator. */
  private static final int STARTUP = 10;

  /** Number of proposals, and of draws, that may be invalid or known. */
  private static final int ATTEMPTS = 20;

  /**
   * The result of a trial.
   *
   * @param tried the values that it tried
   * @param accuracy its validation accuracy; empty if it failed
   */
  public record Result(ObjectNode tried, Optional<Double> accuracy) {}

  /**
   * The search that the section describes.
   *
   * @throws InvalidSpec if a setting of the search itself is invalid
   */
  static Search of(Fields section) {
    int trials = section.integer("trials", 1, SweepSize.MOST_JOBS).orElse(0);
    if (trials == 0) {
      throw new InvalidSpec("random.trials", "random.trials is missing: set the number of trials.");
    }
    Map<String, RandomValues> ranges = new LinkedHashMap<>();
    section
        .values()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name)) {
                if (values.isValueNode()) {
                  String problem =
                      "%s must be a list of values or a range {from: A, to: B}, but is %s."
                          .formatted(section.place(name), Excerpt.of(values));
                  throw new InvalidSpec(
                      section.place(name),
                      Alike.of(name, OWN)
                          .map(own -> "%s Did you mean %s?".formatted(problem, own))
                          .orElseGet(
                              () ->
                                  "%s Only %s have a single value."
                                      .formatted(problem, String.join(", ", OWN))));
                }
                ranges.put(name, RandomValues.of(section.place(name), values));
              }
            });
    return new Search(
        ranges,
        trials,
        section.number("seed").orElse(1L),
        startup(section, trials, ranges.isEmpty()));
  }

  private static Optional<Integer> startup(Fields section, int trials, boolean nothingToTry) {
    Optional<Integer> startup = section.integer("startup", 1, SweepSize.MOST_JOBS);
    String sampler =
        Fields.oneOf(
            "random.sampler", section.text("sampler").orElse(RANDOM), List.of(RANDOM, TPE));
    if (sampler.equals(RANDOM)) {
      if (startup.isPresent()) {
        throw new InvalidSpec(
            "random.startup",
            "random.startup has no effect: with sampler %s, all trials are random. Set sampler to %s, or remove startup."
                .formatted(RANDOM, TPE));
      }
      return Optional.empty();
    }
    if (nothingToTry) {
      throw new InvalidSpec(
          "random.sampler", "random.sampler %s needs a setting with values to try.".formatted(TPE));
    }
    int results = startup.orElse(STARTUP);
    if (results >= trials) {
      throw new InvalidSpec(
          "random.startup",
          "random.startup is %d, so that none of the %d trials would follow results: raise trials, or lower startup."
              .formatted(results, trials));
    }
    return Optional.of(results);
  }

  /** Whether later trials follow the results of earlier ones. */
  public boolean learns() {
    return startup.isPresent();
  }

  /** Random values for a trial. */
  ObjectNode draw(RandomGenerator random) {
    ObjectNode drawn = Json.MAPPER.createObjectNode();
    ranges.forEach((name, range) -> drawn.set(name, range.draw(random)));
    return drawn;
  }

  /**
   * Values that a trial could try, the most promising first: proposals of the estimator, then those
   * that were drawn for it, then other random ones, in case all before are known. The same results
   * lead to the same values. Empty if there are too few results yet.
   *
   * @param results the results of the trials of the same point; those of failed trials do not count
   *     for {@link #startup}, but are avoided
   * @param trial the trial's number
   * @param drawn the values that were drawn for it
   */
  public Stream<ObjectNode> candidates(List<Result> results, int trial, ObjectNode drawn) {
    long accuracies = results.stream().filter(result -> result.accuracy().isPresent()).count();
    if (startup.isEmpty() || accuracies < startup.get()) {
      return Stream.empty();
    }
    TreeParzenEstimator estimator =
        new TreeParzenEstimator(
            ranges.values().stream().map(RandomValues::dimension).toList(),
            results.stream()
                .map(
                    result ->
                        new TreeParzenEstimator.Tried(
                            coordinates(result.tried()),
                            result.accuracy().orElse(Double.NEGATIVE_INFINITY)))
                .toList());
    RandomGenerator random = new SplittableRandom(seed * (SweepSize.MOST_JOBS + 1) + trial);
    return Stream.concat(
        Stream.generate(() -> values(estimator.propose(random))).limit(ATTEMPTS),
        Stream.concat(Stream.of(drawn), Stream.generate(() -> draw(random)).limit(ATTEMPTS)));
  }

  private List<Double> coordinates(ObjectNode tried) {
    return ranges.entrySet().stream()
        .map(range -> range.getValue().coordinate(tried.path(range.getKey())))
        .toList();
  }

  private ObjectNode values(List<Double> coordinates) {
    ObjectNode values = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, RandomValues> range : ranges.entrySet()) {
      JsonNode value = range.getValue().at(coordinates.get(values.size()));
      values.set(range.getKey(), value);
    }
    return values;
  }
}
