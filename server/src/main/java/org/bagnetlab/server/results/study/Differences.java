package org.bagnetlab.server.results.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.run.ChosenSetting;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.statistics.Holm;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.McNemar;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * Compares all pairs of networks of a setting, image by image.
 *
 * @param chosen the setting
 * @param measure the compared measure
 * @param grid number of tiles per side, for measures on scrambled images
 * @param networks the networks of the setting, in the order of Table 1
 * @param pairs all pairs of networks
 * @param conclusions what the numbers show, in sentences
 */
public record Differences(
    @JsonUnwrapped ChosenSetting chosen,
    Measure measure,
    int grid,
    List<Network> networks,
    List<Pair> pairs,
    List<String> conclusions)
    implements ChosenSetting.View {

  /**
   * The number of seeds from which on what scrambling costs a network has an interval. A single run
   * has one over its images.
   */
  @JsonProperty
  int intervalFromSeeds() {
    return SeedMean.fewestSeedsOfOne(PairedDifference.ERROR);
  }

  /**
   * A compared network.
   *
   * @param runs the runs whose predictions are stored
   * @param scramblings the scramblings of the images that the mean is over
   * @param mean mean of the measure over seeds and images
   * @param interval the 95 % interval of what scrambling costs; absent for other measures, and if
   *     there are several runs, but fewer than {@link Differences#intervalFromSeeds}
   */
  record Network(
      String architecture,
      String label,
      Optional<Integer> receptiveField,
      List<Long> runs,
      @JsonUnwrapped Scramblings scramblings,
      double mean,
      Optional<Interval> interval) {}

  /**
   * The scramblings of a network's images.
   *
   * @param permutations for each run, the number of permutations of scrambled images that the mean
   *     is over; 0 if none was measured with this grid
   * @param scrambledAgain whether an experiment measured some of them; otherwise they are those of
   *     the trainings
   */
  record Scramblings(List<Integer> permutations, boolean scrambledAgain) {

    private static Scramblings of(Collection<Outcomes> runs) {
      return new Scramblings(
          runs.stream().map(Outcomes::permutations).toList(),
          runs.stream().anyMatch(Outcomes::scrambledAgain));
    }
  }

  /**
   * The comparison of two networks.
   *
   * @param difference measure of the first network minus that of the second, over the seeds that
   *     both have
   * @param adjusted p-value after Holm's correction over all pairs; absent if there is no p-value
   * @param seeds the pairs of runs with the same seed
   * @param sentence the difference in words
   * @param reversed the same sentence with the two networks exchanged
   */
  record Pair(
      String first,
      String second,
      @JsonUnwrapped PairedDifference difference,
      Optional<Double> adjusted,
      List<Seed> seeds,
      String sentence,
      String reversed) {

    /**
     * Whether the difference is significant: over several seeds, with a corrected p-value that is
     * small enough.
     */
    @JsonProperty
    boolean significant() {
      return seeds.size() > 1 && adjusted.filter(p -> p <= PairedDifference.ERROR).isPresent();
    }

    Pair adjusted(double p) {
      return new Pair(first, second, difference, Optional.of(p), seeds, sentence, reversed);
    }
  }

  /**
   * A pair of runs with the same seed.
   *
   * @param table counts of images on which the runs agree and disagree; absent for the loss by
   *     scrambling
   * @param exactP p-value of McNemar's exact test; absent if the table is
   */
  record Seed(
      long seed,
      long firstRun,
      long secondRun,
      double difference,
      Optional<McNemar> table,
      Optional<Double> exactP) {

    static Seed of(long seed, StudiedNetwork.SeedPair pair, double difference, Measure measure) {
      Optional<McNemar> table = pair.table(measure);
      return new Seed(
          seed,
          pair.first().run(),
          pair.second().run(),
          difference,
          table,
          table.map(McNemar::exactP));
    }
  }

  /** Compares the networks of a setting. */
  public static Differences of(
      ChosenSetting chosen, Measure measure, int grid, Optional<Study> study, Networks networks) {
    List<StudiedNetwork> studied =
        study.map(Study::networks).orElse(List.of()).stream()
            .filter(network -> network.mean(measure).isPresent())
            .toList();
    List<Pair> pairs =
        Holm.correct(
            pairs(studied, measure, networks), pair -> pair.difference().p(), Pair::adjusted);
    return new Differences(
        chosen,
        measure,
        grid,
        studied.stream().map(network -> network(network, measure, networks)).toList(),
        pairs,
        DifferenceConclusions.of(measure, grid, studied, pairs, networks));
  }

  private static Network network(StudiedNetwork network, Measure measure, Networks networks) {
    return new Network(
        network.architecture(),
        networks.label(network.architecture()),
        networks.receptiveField(network.architecture(), network.configuration().spec().imageSize()),
        network.bySeed().values().stream().map(Outcomes::run).toList(),
        Scramblings.of(network.bySeed().values()),
        network.mean(measure).orElseThrow(),
        measure == Measure.SCRAMBLING_LOSS
            ? network.scramblingLoss().flatMap(PairedDifference::interval)
            : Optional.empty());
  }

  private static List<Pair> pairs(
      List<StudiedNetwork> studied, Measure measure, Networks networks) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < studied.size(); i++) {
      for (int j = i + 1; j < studied.size(); j++) {
        pair(studied.get(i), studied.get(j), measure, networks).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  /** Compares two networks. Empty if they have no seed in common. */
  public static Optional<Pair> pair(
      StudiedNetwork first, StudiedNetwork second, Measure measure, Networks networks) {
    return first
        .difference(second, measure)
        .map(
            difference -> {
              List<Seed> seeds = new ArrayList<>();
              for (Map.Entry<Long, StudiedNetwork.SeedPair> each :
                  first.pairs(second, measure).entrySet()) {
                double ofSeed = difference.bySeed().get(seeds.size());
                seeds.add(Seed.of(each.getKey(), each.getValue(), ofSeed, measure));
              }
              String one = networks.label(first.architecture());
              String other = networks.label(second.architecture());
              return new Pair(
                  first.architecture(),
                  second.architecture(),
                  difference,
                  Optional.empty(),
                  seeds,
                  DifferenceSentence.of(one, other, difference, measure),
                  DifferenceSentence.of(other, one, difference.reversed(), measure));
            });
  }
}
