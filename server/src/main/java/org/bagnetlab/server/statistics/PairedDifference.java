package org.bagnetlab.server.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The mean difference of two networks on the same images, over seeds.
 *
 * @param difference mean difference over the seeds
 * @param bySeed mean difference of each seed over its images
 * @param images number of images of each seed; the smallest, if seeds differ
 * @param low lower end of the 95 % interval; absent if there are too few seeds
 * @param high upper end of the interval
 * @param p two-sided p-value for the hypothesis of no difference; absent for two seeds
 * @param method how interval and p-value were computed; absent if the p-value is
 * @param overSeeds the tests and intervals at any level, for three or more seeds
 */
public record PairedDifference(
    double difference,
    List<Double> bySeed,
    int images,
    Optional<Double> low,
    Optional<Double> high,
    Optional<Double> p,
    Optional<Method> method,
    @JsonIgnore Optional<SeedMean> overSeeds) {

  /** Default probability that an interval misses the true difference. */
  public static final double ERROR = 0.05;

  /** How interval and p-value are computed. */
  public enum Method {
    /** Over the images of one pair of runs, so they do not apply to other seeds. */
    @JsonProperty("images-of-one-seed")
    IMAGES,
    /** Over the images of one pair of runs, with the p-value of McNemar's exact test. */
    @JsonProperty("exact-mcnemar")
    EXACT_MCNEMAR,
    /** Over seeds and the images that they share, by two tests: {@link SeedMean}. */
    @JsonProperty("paired-seeds-and-images")
    SEEDS_AND_IMAGES
  }

  /**
   * Compares two networks on the images that both have.
   *
   * <p>For one pair of runs, interval and p-value are over its images; for the variance, two images
   * are added, half an image to each cell of McNemar's table (Agresti and Min 2005). For two seeds,
   * there is neither an interval nor a p-value. For three or more seeds, see {@link SeedMean}.
   *
   * @param first for each seed, by image, 1 if the first network is right and 0 if it is wrong, or
   *     another measure; for every seed, the two networks have an image in common
   * @param second the same for the second network, with the same seeds in the same order
   * @throws IllegalArgumentException if there is no seed
   */
  public static PairedDifference between(
      List<Map<String, Double>> first, List<Map<String, Double>> second) {
    if (first.size() < SeedMean.FEWEST_SEEDS) {
      return ofFew(differences(first, second));
    }
    List<Map<String, Double>> both = new ArrayList<>(first);
    both.addAll(second);
    double[][] byImage = SeedMean.byImage(both);
    return of(
        SeedMean.between(
            Arrays.copyOf(byImage, first.size()),
            Arrays.copyOfRange(byImage, first.size(), byImage.length)),
        fewest(differences(first, second)));
  }

  private static int fewest(List<Map<String, Double>> seeds) {
    return seeds.stream().mapToInt(Map::size).min().orElseThrow();
  }

  private static List<Map<String, Double>> differences(
      List<Map<String, Double>> first, List<Map<String, Double>> second) {
    return IntStream.range(0, first.size())
        .mapToObj(seed -> ofImages(first.get(seed), second.get(seed)))
        .toList();
  }

  /** The first value minus the second value, for each image that both have. */
  public static Map<String, Double> ofImages(
      Map<String, Double> first, Map<String, Double> second) {
    Map<String, Double> differences = new LinkedHashMap<>();
    first.forEach(
        (image, value) ->
            Optional.ofNullable(second.get(image))
                .ifPresent(other -> differences.put(image, value - other)));
    return differences;
  }

  /**
   * Compares a network with a constant, which was subtracted from all of its values.
   *
   * @param differences differences for each seed, by image; every seed has at least one image
   * @throws IllegalArgumentException if there is no seed
   */
  public static PairedDifference ofOne(List<Map<String, Double>> differences) {
    return differences.size() < SeedMean.FEWEST_SEEDS
        ? ofFew(differences)
        : of(SeedMean.of(SeedMean.byImage(differences), 1), fewest(differences));
  }

  /**
   * Creates a difference from the mean over several seeds.
   *
   * @param images number of images of each seed
   */
  public static PairedDifference of(SeedMean mean, int images) {
    Optional<Interval> interval = mean.interval(ERROR);
    return new PairedDifference(
        mean.mean(),
        mean.bySeed(),
        images,
        interval.map(Interval::low),
        interval.map(Interval::high),
        Optional.of(mean.p()),
        Optional.of(Method.SEEDS_AND_IMAGES),
        Optional.of(mean));
  }

  private static PairedDifference ofFew(List<Map<String, Double>> differences) {
    if (differences.isEmpty()) {
      throw new IllegalArgumentException("no seeds");
    }
    List<Double> means = means(differences);
    double mean = Interval.mean(means);
    int images = fewest(differences);
    if (means.size() == 1) {
      double[] values =
          differences.get(0).values().stream().mapToDouble(Double::doubleValue).toArray();
      double error = Math.sqrt(SeedMean.varianceOverImages(values, 1));
      return new PairedDifference(
          mean,
          means,
          images,
          Optional.of(mean - Interval.Z * error),
          Optional.of(mean + Interval.Z * error),
          Optional.of(2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(mean) / error)),
          Optional.of(Method.IMAGES),
          Optional.empty());
    }
    return new PairedDifference(
        mean,
        means,
        images,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<Double> means(List<Map<String, Double>> differences) {
    return differences.stream().map(seed -> Interval.mean(List.copyOf(seed.values()))).toList();
  }

  /**
   * This difference of one pair of runs, with the p-value of McNemar's exact test, for outcomes
   * that are right or wrong.
   */
  public PairedDifference exact(McNemar table) {
    return new PairedDifference(
        difference,
        bySeed,
        images,
        low,
        high,
        Optional.of(table.exactP()),
        Optional.of(Method.EXACT_MCNEMAR),
        overSeeds);
  }

  /** The 95 % interval, if both of its ends are known. */
  public Optional<Interval> interval() {
    return low.flatMap(from -> high.map(to -> new Interval(from, to)));
  }

  /** The difference with the two networks exchanged: second minus first. */
  public PairedDifference reversed() {
    return new PairedDifference(
        -difference,
        bySeed.stream().map(value -> -value).toList(),
        images,
        high.map(value -> -value),
        low.map(value -> -value),
        p,
        method,
        overSeeds.map(SeedMean::reversed));
  }
}
