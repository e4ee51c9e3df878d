package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How much more often two networks are right or wrong together than independent networks with the
 * same accuracies would be: Cohen's kappa of their errors (Geirhos, Meding and Wichmann 2020). All
 * values are means over pairs of runs.
 *
 * @param observed share of images on which both are right or both are wrong
 * @param expected the same share for independent networks: {@code p1 p2 + (1 - p1) (1 - p2)} for
 *     accuracies p1 and p2
 * @param kappa {@code (observed - expected) / (1 - expected)}: 1 for identical errors, 0 for
 *     independent errors; absent if two runs classify all images correctly, or none
 * @param low lower end of the 95 % confidence interval of kappa over seeds and images; absent with
 *     fewer than three seeds
 * @param high upper end of the interval
 * @param seeds number of seeds that both networks have
 * @param images number of images that two runs have in common, the minimum over all pairs of runs
 */
public record ErrorConsistency(
    double observed,
    double expected,
    Optional<Double> kappa,
    Optional<Double> low,
    Optional<Double> high,
    int seeds,
    int images) {

  /**
   * Compares two networks: each run of one network with every run of the other that has a different
   * seed. Runs with the same seed were trained on the same images in the same order. This is never
   * the case for two runs of one network. Runs with the same seed are therefore compared only if
   * there is a single seed.
   *
   * <p>The interval is that of {@link SeedMean#described}. Each kappa belongs to two seeds, so the
   * values of seeds are replaced by the pseudo-values of the jackknife (Arvesen 1969). By the delta
   * method, each image contributes its influence on kappa. To keep the variance from vanishing for
   * runs with identical errors, an image on which two such runs disagree is added. It changes kappa
   * by {@code 1 / (1 - expected)} divided by the number of images, which is large if nearly all
   * images are classified correctly.
   *
   * @param first for each seed, by image, 1 if the first network is right and 0 if it is wrong
   * @param second the same for the second network, with the same seeds in the same order
   * @return the consistency; empty if there are no seeds, or if two runs have no image in common
   */
  public static Optional<ErrorConsistency> between(
      List<Map<String, Double>> first, List<Map<String, Double>> second) {
    int seeds = first.size();
    List<Map<String, Double>> all = new ArrayList<>(first);
    all.addAll(second);
    double[][] hits = SeedMean.byImage(all);
    List<RunPair> pairs = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (int j = 0; j < seeds; j++) {
        if (i != j || seeds == 1) {
          pairs.add(RunPair.of(i, hits[i], j, hits[seeds + j]));
        }
      }
    }
    if (pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.images() == 0)) {
      return Optional.empty();
    }
    boolean defined = pairs.stream().allMatch(pair -> pair.expected() < 1);
    Optional<Interval> interval =
        defined && seeds >= SeedMean.FEWEST_SEEDS
            ? Optional.of(overSeeds(pairs, hits[0].length, seeds).described().within(-1, 1))
            : Optional.empty();
    return Optional.of(
        new ErrorConsistency(
            mean(pairs, RunPair::observed),
            mean(pairs, RunPair::expected),
            defined ? Optional.of(mean(pairs, RunPair::kappa)) : Optional.empty(),
            interval.map(Interval::low),
            interval.map(Interval::high),
            seeds,
            pairs.stream().mapToInt(RunPair::images).min().orElseThrow()));
  }

  /**
   * Compares runs of one network that have different seeds. Another network that fails for the same
   * reasons cannot agree with it more than this.
   *
   * @return the consistency; empty with fewer than two seeds, or if two runs have no image in
   *     common
   */
  public static Optional<ErrorConsistency> ofItself(List<Map<String, Double>> seeds) {
    return seeds.size() < 2 ? Optional.empty() : between(seeds, seeds);
  }

  private static double mean(List<RunPair> pairs, ToDoubleFunction<RunPair> value) {
    return pairs.stream().mapToDouble(value).average().orElseThrow();
  }

  /** Each seed's pseudo-value, from sums over the pairs: each pair is counted once. */
  private static SeedMean overSeeds(List<RunPair> pairs, int images, int seeds) {
    double[] all = new double[images];
    double[][] ofSeed = new double[seeds][images];
    for (RunPair pair : pairs) {
      double[] values = pair.byImage();
      for (double[] sum : List.of(all, ofSeed[pair.first()], ofSeed[pair.second()])) {
        Arrays.setAll(sum, i -> sum[i] + values[i]);
      }
    }
    // Every seed is in this many pairs, once with each other seed on either side.
    int without = pairs.size() - 2 * (seeds - 1);
    double[][] pseudoValues = new double[seeds][images];
    for (int seed = 0; seed < seeds; seed++) {
      for (int i = 0; i < images; i++) {
        pseudoValues[seed][i] =
            seeds * all[i] / pairs.size() - (seeds - 1) * (all[i] - ofSeed[seed][i]) / without;
      }
    }
    return SeedMean.of(pseudoValues, mean(pairs, pair -> 1 / (1 - pair.expected())));
  }

  /**
   * A pair of runs.
   *
   * @param first index of the first run's seed
   * @param second index of the second run's seed
   * @param hits outcomes of the first run by image: 1, 0, or NaN if the image was not measured
   * @param theirs outcomes of the second run
   * @param images number of images that both runs have
   * @param ofFirst accuracy of the first run on these images
   * @param ofSecond accuracy of the second run on these images
   * @param observed share of images on which both are right or both are wrong
   */
  private record RunPair(
      int first,
      int second,
      double[] hits,
      double[] theirs,
      int images,
      double ofFirst,
      double ofSecond,
      double observed) {

    static RunPair of(int first, double[] hits, int second, double[] theirs) {
      int images = 0;
      int right = 0;
      int theirRight = 0;
      int same = 0;
      for (int i = 0; i < hits.length; i++) {
        if (!Double.isNaN(hits[i] + theirs[i])) {
          images++;
          right += hits[i] == 1 ? 1 : 0;
          theirRight += theirs[i] == 1 ? 1 : 0;
          same += hits[i] == theirs[i] ? 1 : 0;
        }
      }
      return new RunPair(
          first,
          second,
          hits,
          theirs,
          images,
          (double) right / images,
          (double) theirRight / images,
          (double) same / images);
    }

    double expected() {
      return ofFirst * ofSecond + (1 - ofFirst) * (1 - ofSecond);
    }

    double kappa() {
      return (observed - expected()) / (1 - expected());
    }

    /**
     * One number for each image. The mean of these numbers is kappa, and over other images it would
     * vary as kappa does: it is kappa plus the influence of the image, the derivative of kappa with
     * respect to the share of such images, whose mean over the images is 0. Runs may have different
     * test images: an image counts only for the pairs of runs that have it.
     */
    double[] byImage() {
      double kappa = kappa();
      double weight = (double) hits.length / images / (1 - expected());
      double ofHits = (1 - kappa) * (2 * ofSecond - 1);
      double ofTheirs = (1 - kappa) * (2 * ofFirst - 1);
      double[] values = new double[hits.length];
      for (int i = 0; i < values.length; i++) {
        boolean measured = !Double.isNaN(hits[i] + theirs[i]);
        double influence =
            (hits[i] == theirs[i] ? 1 : 0)
                - observed
                - ofHits * (hits[i] - ofFirst)
                - ofTheirs * (theirs[i] - ofSecond);
        values[i] = measured ? kappa + weight * influence : kappa;
      }
      return values;
    }
  }
}
