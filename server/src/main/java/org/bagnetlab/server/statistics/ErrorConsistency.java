package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How much more often two networks are right or wrong together than independent networks of their
 * accuracies would be: Cohen's kappa of their errors (Geirhos, Meding and Wichmann 2020). Means
 * over pairs of runs.
 *
 * @param observed share of images on which both are right or both are wrong
 * @param expected the same of independent networks: {@code p1 p2 + (1 - p1) (1 - p2)} for
 *     accuracies p1 and p2
 * @param kappa {@code (observed - expected) / (1 - expected)}: 1 for the same errors, 0 for
 *     independent ones; absent if two runs recognise all images, or none
 * @param low lower end of kappa's 95 % interval over seeds and images; absent with fewer than three
 *     seeds
 * @param high upper end of it
 * @param seeds that both networks have
 * @param images that two runs have in common, the fewest of all pairs of runs
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
   * Compares two networks, each run of one with every run of the other that has another seed: runs
   * with the same seed have learnt the same images in the same order, which runs of one network
   * cannot. Only networks with a single seed are compared by it.
   *
   * <p>The interval is that of {@link SeedMean#described}. Each kappa belongs to two seeds, so the
   * jackknife's pseudo-values (Arvesen 1969) take the place of the seeds' values; what an image
   * adds to kappa is its influence, by the delta method. An image more, so that the variance does
   * not vanish for runs with the same errors, is one on which two such runs do not agree: it
   * changes kappa by {@code 1 / (1 - expected)} over the number of images, which is much where
   * nearly all images are recognised.
   *
   * @param first for each seed, by image, whether the first network is right
   * @param second the same of the second network, for the same seeds in the same order
   * @return empty if there are no seeds, or if two runs have no image in common
   */
  public static Optional<ErrorConsistency> between(
      List<Map<String, Boolean>> first, List<Map<String, Boolean>> second) {
    int seeds = first.size();
    List<String> images =
        Stream.concat(first.stream(), second.stream())
            .flatMap(run -> run.keySet().stream())
            .distinct()
            .toList();
    List<Answer[]> ofFirst = answers(first, images);
    List<Answer[]> ofSecond = answers(second, images);
    List<RunPair> pairs = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (int j = 0; j < seeds; j++) {
        if (i != j || seeds == 1) {
          pairs.add(RunPair.of(i, ofFirst.get(i), j, ofSecond.get(j)));
        }
      }
    }
    if (pairs.isEmpty() || pairs.stream().anyMatch(pair -> pair.images() == 0)) {
      return Optional.empty();
    }
    boolean defined = pairs.stream().allMatch(pair -> pair.expected() < 1);
    Optional<Interval> interval =
        defined && seeds >= SeedMean.FEWEST_SEEDS
            ? Optional.of(overSeeds(pairs, images, seeds).described().within(-1, 1))
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
   * Compares runs of one network that differ in their seed, which is as much as another network
   * that fails for the same reasons can agree with it.
   *
   * @return empty with fewer than two seeds, or if two runs have no image in common
   */
  public static Optional<ErrorConsistency> ofItself(List<Map<String, Boolean>> seeds) {
    return seeds.size() < 2 ? Optional.empty() : between(seeds, seeds);
  }

  private static double mean(List<RunPair> pairs, ToDoubleFunction<RunPair> value) {
    return pairs.stream().mapToDouble(value).average().orElseThrow();
  }

  private static SeedMean overSeeds(List<RunPair> pairs, List<String> images, int seeds) {
    double[] all = byImage(pairs, images.size());
    double[][] pseudoValues = new double[seeds][images.size()];
    for (int seed = 0; seed < seeds; seed++) {
      int left = seed;
      double[] without =
          byImage(pairs.stream().filter(pair -> !pair.has(left)).toList(), images.size());
      for (int i = 0; i < all.length; i++) {
        pseudoValues[seed][i] = seeds * all[i] - (seeds - 1) * without[i];
      }
    }
    return SeedMean.of(pseudoValues, mean(pairs, pair -> 1 / (1 - pair.expected())));
  }

  /**
   * A number for each image. Their mean is that of the pairs' kappas, and the mean of other images'
   * numbers would vary as kappa does.
   */
  private static double[] byImage(List<RunPair> pairs, int images) {
    double[] values = new double[images];
    Arrays.fill(values, mean(pairs, RunPair::kappa));
    for (RunPair pair : pairs) {
      // Runs may have drawn different test images: an image counts in the pairs that have it.
      double weight = (double) images / pair.images() / pairs.size();
      Map<Agreement, Double> influences = new EnumMap<>(Agreement.class);
      for (Agreement kind : Agreement.values()) {
        influences.put(kind, weight * pair.influence(kind));
      }
      Arrays.setAll(
          values, i -> values[i] + Objects.requireNonNull(influences.get(pair.agreements()[i])));
    }
    return values;
  }

  /** What a run made of an image. */
  private enum Answer {
    RIGHT,
    WRONG,
    /** It was not measured on it. */
    NONE
  }

  private static List<Answer[]> answers(List<Map<String, Boolean>> runs, List<String> images) {
    return runs.stream()
        .map(
            run ->
                images.stream()
                    .map(image -> Optional.ofNullable(run.get(image)))
                    .map(hit -> hit.map(some -> some ? Answer.RIGHT : Answer.WRONG))
                    .map(answer -> answer.orElse(Answer.NONE))
                    .toArray(Answer[]::new))
        .toList();
  }

  /** Which of two runs are right. */
  private enum Agreement {
    BOTH(1, 1),
    ONLY_FIRST(1, 0),
    ONLY_SECOND(0, 1),
    NEITHER(0, 0),
    /** One of them was not measured. */
    UNKNOWN(Double.NaN, Double.NaN);

    private final double first;
    private final double second;

    Agreement(double first, double second) {
      this.first = first;
      this.second = second;
    }

    static Agreement of(Answer first, Answer second) {
      if (first == Answer.NONE || second == Answer.NONE) {
        return UNKNOWN;
      }
      return first == Answer.RIGHT
          ? (second == Answer.RIGHT ? BOTH : ONLY_FIRST)
          : (second == Answer.RIGHT ? ONLY_SECOND : NEITHER);
    }
  }

  /**
   * Two runs.
   *
   * @param first number of the first run's seed
   * @param second number of the second run's
   * @param agreements by image
   * @param images that both have
   * @param ofFirst accuracy of the first on them
   * @param ofSecond accuracy of the second
   * @param observed share of images on which both are right or both are wrong
   */
  private record RunPair(
      int first,
      int second,
      Agreement[] agreements,
      int images,
      double ofFirst,
      double ofSecond,
      double observed) {

    static RunPair of(int first, Answer[] answers, int second, Answer[] theirs) {
      Agreement[] agreements = new Agreement[answers.length];
      Arrays.setAll(agreements, i -> Agreement.of(answers[i], theirs[i]));
      int both = count(agreements, Agreement.BOTH);
      int onlyFirst = count(agreements, Agreement.ONLY_FIRST);
      int onlySecond = count(agreements, Agreement.ONLY_SECOND);
      int neither = count(agreements, Agreement.NEITHER);
      int images = both + onlyFirst + onlySecond + neither;
      return new RunPair(
          first,
          second,
          agreements,
          images,
          (double) (both + onlyFirst) / images,
          (double) (both + onlySecond) / images,
          (double) (both + neither) / images);
    }

    private static int count(Agreement[] agreements, Agreement kind) {
      return (int) Arrays.stream(agreements).filter(each -> each == kind).count();
    }

    boolean has(int seed) {
      return first == seed || second == seed;
    }

    double expected() {
      return ofFirst * ofSecond + (1 - ofFirst) * (1 - ofSecond);
    }

    double kappa() {
      return (observed - expected()) / (1 - expected());
    }

    /**
     * What an image of a kind adds to kappa, times the number of images: the derivative of kappa
     * along the kind's share. It is 0 in the mean over the images.
     */
    double influence(Agreement kind) {
      if (kind == Agreement.UNKNOWN) {
        return 0;
      }
      double observing = (kind.first == kind.second ? 1 : 0) - observed;
      double expecting =
          (2 * ofSecond - 1) * (kind.first - ofFirst)
              + (2 * ofFirst - 1) * (kind.second - ofSecond);
      return (observing - (1 - kappa()) * expecting) / (1 - expected());
    }
  }
}
