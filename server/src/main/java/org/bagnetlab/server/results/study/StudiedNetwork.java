package org.bagnetlab.server.results.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.McNemar;
import org.bagnetlab.server.statistics.PairedDifference;

/**
 * A configuration whose runs stored their predictions for the test images.
 *
 * @param configuration the runs
 * @param bySeed outcomes of the runs that stored them, by seed
 */
public record StudiedNetwork(Configuration configuration, SortedMap<Long, Outcomes> bySeed) {

  /** Combines a configuration with the outcomes of the runs that stored them. */
  public static StudiedNetwork of(Configuration configuration, Map<Long, Outcomes> outcomes) {
    return new StudiedNetwork(configuration, configuration.bySeed(outcomes));
  }

  String architecture() {
    return configuration.spec().architecture();
  }

  /**
   * For each seed that this and another network share, the two runs, if they have an image in
   * common.
   */
  SortedMap<Long, SeedPair> pairs(StudiedNetwork other, Measure measure) {
    SortedMap<Long, SeedPair> pairs = new TreeMap<>();
    bySeed.forEach(
        (seed, outcomes) ->
            Optional.ofNullable(other.bySeed.get(seed))
                .map(theirs -> new SeedPair(outcomes, theirs))
                .filter(
                    pair ->
                        !PairedDifference.ofImages(
                                measure.of(pair.first()), measure.of(pair.second()))
                            .isEmpty())
                .ifPresent(pair -> pairs.put(seed, pair)));
    return pairs;
  }

  /**
   * The measure of this network minus that of another network, on the same images. Empty if the
   * networks have no seed or no image in common.
   */
  public Optional<PairedDifference> difference(StudiedNetwork other, Measure measure) {
    List<SeedPair> pairs = List.copyOf(pairs(other, measure).values());
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    PairedDifference difference =
        PairedDifference.between(
            pairs.stream().map(pair -> measure.of(pair.first())).toList(),
            pairs.stream().map(pair -> measure.of(pair.second())).toList());
    return Optional.of(
        pairs.size() == 1
            ? pairs.get(0).table(measure).map(difference::exact).orElse(difference)
            : difference);
  }

  /**
   * The measure of this network minus that of another network plus a margin, on the same images.
   * Empty if the networks have no seed or no image in common.
   */
  public Optional<PairedDifference> margin(StudiedNetwork other, Measure measure, double margin) {
    List<SeedPair> pairs = List.copyOf(pairs(other, measure).values());
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            PairedDifference.between(
                pairs.stream().map(pair -> plus(measure.of(pair.first()), margin)).toList(),
                pairs.stream().map(pair -> measure.of(pair.second())).toList()));
  }

  private static Map<String, Double> plus(Map<String, Double> values, double margin) {
    Map<String, Double> more = new LinkedHashMap<>();
    values.forEach((image, value) -> more.put(image, value + margin));
    return more;
  }

  /** The mean of a measure over seeds and images. Empty if no run stored it. */
  Optional<Double> mean(Measure measure) {
    List<Double> means =
        bySeed.values().stream()
            .map(measure::of)
            .filter(values -> !values.isEmpty())
            .map(values -> Interval.mean(List.copyOf(values.values())))
            .toList();
    return means.isEmpty() ? Optional.empty() : Optional.of(Interval.mean(means));
  }

  /** What scrambling costs it, on the same images. Empty if no run stored it. */
  Optional<PairedDifference> scramblingLoss() {
    List<Map<String, Double>> bySeed =
        this.bySeed.values().stream()
            .map(Measure.SCRAMBLING_LOSS::of)
            .filter(losses -> !losses.isEmpty())
            .toList();
    return bySeed.isEmpty() ? Optional.empty() : Optional.of(PairedDifference.ofOne(bySeed));
  }

  /** Two runs with the same seed, which have the same test images. */
  public record SeedPair(Outcomes first, Outcomes second) {

    /** The two runs on some of their images. */
    SeedPair on(Set<String> images) {
      return new SeedPair(first.on(images), second.on(images));
    }

    /**
     * Counts the images on which the runs agree and disagree. Empty if an outcome is not simply
     * correct or wrong. This is so for the loss by scrambling, and for images that a run classifies
     * correctly only for some permutations.
     */
    Optional<McNemar> table(Measure measure) {
      Map<String, Double> theirs = measure.of(second);
      if (measure == Measure.SCRAMBLING_LOSS
          || Stream.of(measure.of(first), theirs)
              .flatMap(run -> run.values().stream())
              .anyMatch(value -> value != 0 && value != 1)) {
        return Optional.empty();
      }
      int[][] count = new int[2][2];
      measure
          .of(first)
          .forEach(
              (image, value) ->
                  Optional.ofNullable(theirs.get(image))
                      .ifPresent(other -> count[value.intValue()][other.intValue()]++));
      return Optional.of(new McNemar(count[1][1], count[1][0], count[0][1], count[0][0]));
    }
  }
}
