package org.bagnetlab.server.results.number;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.results.number.Analysis.Row;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * The runs of a network that have both its numbers and those that they are compared with, over the
 * positions at which all of these runs have both.
 *
 * @param runs at least one
 * @param common at least one position
 * @param allRuns number of runs that have any of the numbers
 * @param allPositions number of positions of any run
 */
record PairedRuns(Set<Long> runs, List<Pair> common, long allRuns, int allPositions) {

  /** Whether two rows of a network belong together. */
  interface Match {
    boolean test(Row row, Row reference);
  }

  /** Numbers at a position, and those that they are compared with. */
  private record Pair(Row row, Row reference) {

    Set<Long> runs() {
      Set<Long> runs = new LinkedHashSet<>(row.runs());
      runs.retainAll(reference.runs());
      return runs;
    }

    /**
     * The variance of a run's difference over images, as if both numbers varied independently; 0
     * for numbers that are not shares of images. An image tends to be easy or hard for both, so the
     * true variance is smaller.
     */
    double ofImages() {
      return Stream.of(row.value(), reference.value())
          .filter(value -> value.interval().equals(Optional.of(Interval.Method.SEEDS_AND_IMAGES)))
          .mapToDouble(value -> Interval.varianceOverImages(value.mean(), value.images()))
          .sum();
    }
  }

  /**
   * Pairs the rows of a network with others.
   *
   * @param group of one network, by position
   * @return empty if no position has both for all runs
   */
  static Optional<PairedRuns> of(List<Row> group, List<Row> references, Match match) {
    List<Pair> pairs =
        group.stream()
            .flatMap(
                row ->
                    references.stream()
                        .filter(each -> sameImages(row, each) && match.test(row, each))
                        .findFirst()
                        .map(reference -> new Pair(row, reference))
                        .stream())
            .toList();
    Set<Long> runs =
        pairs.stream()
            .flatMap(pair -> pair.runs().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Pair> common = pairs.stream().filter(pair -> pair.runs().containsAll(runs)).toList();
    return runs.isEmpty() || common.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PairedRuns(
                runs,
                common,
                group.stream().flatMap(row -> row.runs().stream()).distinct().count(),
                group.size()));
  }

  /** The difference, as the mean over positions and runs. */
  SeedMean mean() {
    // The mean of variances is the largest variance that a mean over positions can have.
    return SeedMean.ofPairs(
        means(Pair::row),
        means(Pair::reference),
        common.stream().mapToDouble(Pair::ofImages).average().orElseThrow());
  }

  /** The mean of each run over positions. */
  private List<Double> means(Function<Pair, Row> of) {
    List<Map<Long, Double>> positions =
        common.stream().map(pair -> valueOfRun(of.apply(pair))).toList();
    return runs.stream()
        .map(
            run ->
                Interval.mean(
                    positions.stream().map(each -> Objects.requireNonNull(each.get(run))).toList()))
        .toList();
  }

  /** How many runs count, and at how many positions if it is not all. */
  String counted() {
    return Stream.of(
            common.size() == allPositions
                ? ""
                : "over %d of %d positions, ".formatted(common.size(), allPositions),
            runs.size() == allRuns ? "" : "%d of ".formatted(runs.size()),
            "%d %s".formatted(allRuns, allRuns == 1 ? "run" : "runs"))
        .collect(Collectors.joining());
  }

  /** The value of each run. */
  static Map<Long, Double> valueOfRun(Row row) {
    Map<Long, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < row.runs().size(); i++) {
      values.put(row.runs().get(i), row.value().values().get(i));
    }
    return values;
  }

  /** Whether two rows are of the same network on the same set of images. */
  static boolean sameImages(Row row, Row other) {
    return row.configuration() == other.configuration() && row.set().equals(other.set());
  }
}
