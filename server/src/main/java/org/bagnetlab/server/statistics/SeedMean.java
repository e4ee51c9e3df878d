package org.bagnetlab.server.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a measure over three or more seeds and their images, with tests and confidence
 * intervals for the mean over all possible seeds and images.
 *
 * <p>A mean is rejected only if two tests both reject it, and the interval contains all values that
 * at least one of them accepts. One is Student's t-test over seeds and images: the variance of the
 * mean is the variance of the seeds divided by their number, plus the covariance between seeds due
 * to shared images (Obuchowski and Rockette 1995). The other is a {@link SeedTest} of the seeds
 * alone, which does not assume normality, but whose p-value has a minimum. The first test alone is
 * wrong if seeds fall into two groups, and the second alone ignores the choice of images ({@code
 * docs/decisions/0018}).
 *
 * @param mean mean over the seeds
 * @param bySeed mean of each seed over its images
 * @param ofSeeds variance between seeds, at least the variance implied by their images alone
 * @param ofImages variance of the mean due to images that seeds share
 * @param kind kind of the test of the seeds alone
 * @param ofSeedsAlone the test of the seeds alone; empty if there are so many seeds that Student's
 *     t-test is enough
 */
public record SeedMean(
    double mean,
    List<Double> bySeed,
    double ofSeeds,
    double ofImages,
    SeedTest.Kind kind,
    Optional<SeedTest> ofSeedsAlone) {

  /**
   * Minimum number of seeds. With fewer seeds, there is no standard deviation, or a meaningless
   * one.
   */
  public static final int FEWEST_SEEDS = 3;

  private static final int MOST_SEEDS = 100;

  /** The number of seeds needed for the p-value of two networks to reach a significance level. */
  public static int fewestSeedsOfTwo(double level) {
    return SeedTest.Kind.PERMUTATIONS.fewestSeeds(level);
  }

  /** The number of seeds needed for the p-value of one network to reach a significance level. */
  public static int fewestSeedsOfOne(double level) {
    return SeedTest.Kind.SIGNS.fewestSeeds(level);
  }

  /** The smallest possible p-value for two networks with this number of seeds. */
  public static double leastPOfTwo(int seeds) {
    return SeedTest.Kind.PERMUTATIONS.leastP(seeds);
  }

  /** Maximum degrees of freedom used; larger values make no difference. */
  private static final double MOST_FREEDOM = 1e9;

  /**
   * The mean for one network, or of any number measured for each seed and image.
   *
   * @param values values by seed, then by image; NaN if the seed does not have the image
   * @param ofImage change of a seed's mean due to one image, times the number of images
   */
  public static SeedMean of(double[][] values, double ofImage) {
    return of(values, ofImage, SeedTest.Kind.SIGNS, Optional.of(SeedSigns.of(means(values))));
  }

  /**
   * The mean difference of two networks that are right (1) or wrong (0) on images.
   *
   * @param first outcomes by seed, then by image; NaN if the seed does not have the image
   * @param second outcomes with the same seeds and images
   */
  public static SeedMean between(double[][] first, double[][] second) {
    double[][] differences = new double[first.length][];
    double[] ours = new double[first.length];
    double[] theirs = new double[first.length];
    for (int seed = 0; seed < first.length; seed++) {
      differences[seed] = new double[first[seed].length];
      int images = 0;
      for (int i = 0; i < first[seed].length; i++) {
        double difference = first[seed][i] - second[seed][i];
        differences[seed][i] = difference;
        if (!Double.isNaN(difference)) {
          ours[seed] += first[seed][i];
          theirs[seed] += second[seed][i];
          images++;
        }
      }
      ours[seed] /= images;
      theirs[seed] /= images;
    }
    return of(differences, 1, SeedTest.Kind.PERMUTATIONS, RunPermutations.of(ours, theirs));
  }

  /**
   * The mean difference of two numbers of each run of which only the means over images are known,
   * not the outcome of each image. If the second number is the same for all runs, such as what
   * chance gives, it is a number that one network is compared with.
   *
   * @param first of at least one run
   * @param second of the same runs, in the same order
   * @param ofImages variance of a run's difference over images; 0 if it is unknown, so that the
   *     mean is one over these images. All of it counts as due to images that runs share, which is
   *     more than the floor of the variance between seeds would add
   */
  public static SeedMean ofPairs(List<Double> first, List<Double> second, double ofImages) {
    double[] ours = first.stream().mapToDouble(Double::doubleValue).toArray();
    double[] theirs = second.stream().mapToDouble(Double::doubleValue).toArray();
    double[] differences = ours.clone();
    Arrays.setAll(differences, run -> ours[run] - theirs[run]);
    List<Double> byRun = Arrays.stream(differences).boxed().toList();
    double sd = Interval.standardDeviation(byRun);
    boolean ofOne = Arrays.stream(theirs).distinct().count() == 1;
    return new SeedMean(
        Interval.mean(byRun),
        byRun,
        sd * sd,
        ofImages,
        ofOne ? SeedTest.Kind.SIGNS : SeedTest.Kind.PERMUTATIONS,
        ofOne ? Optional.of(SeedSigns.of(differences)) : RunPermutations.of(ours, theirs));
  }

  private static SeedMean of(
      double[][] values, double ofImage, SeedTest.Kind kind, Optional<SeedTest> ofSeedsAlone) {
    double[] bySeed = means(values);
    double shared = covariance(values, bySeed, ofImage);
    double alone = 0;
    for (double[] seed : values) {
      alone += varianceOverImages(seed, ofImage) / values.length;
    }
    List<Double> means = Arrays.stream(bySeed).boxed().toList();
    double sd = Interval.standardDeviation(means);
    return new SeedMean(
        Interval.mean(means), means, Math.max(sd * sd, alone - shared), shared, kind, ofSeedsAlone);
  }

  /** The values by seed, then by image, over all images that any seed has. */
  static double[][] byImage(List<? extends Map<String, Double>> seeds) {
    String[] images =
        seeds.stream().flatMap(seed -> seed.keySet().stream()).distinct().toArray(String[]::new);
    return seeds.stream()
        .map(
            seed ->
                Arrays.stream(images)
                    .mapToDouble(image -> seed.getOrDefault(image, Double.NaN))
                    .toArray())
        .toArray(double[][]::new);
  }

  private static double[] means(double[][] values) {
    return Arrays.stream(values).mapToDouble(SeedMean::meanOf).toArray();
  }

  private static double meanOf(double[] seed) {
    return Arrays.stream(seed).filter(value -> !Double.isNaN(value)).average().orElseThrow();
  }

  private static int imagesOf(double[] seed) {
    return (int) Arrays.stream(seed).filter(value -> !Double.isNaN(value)).count();
  }

  /**
   * The variance of a seed's mean over images, with two images added, half an image on each side
   * (Agresti and Min 2005), so that the variance does not vanish for networks that agree on all
   * images.
   */
  static double varianceOverImages(double[] seed, double ofImage) {
    double count = imagesOf(seed) + 2;
    double sum = 0;
    double squares = ofImage * ofImage;
    for (double value : seed) {
      if (!Double.isNaN(value)) {
        sum += value;
        squares += value * value;
      }
    }
    return (squares / count - sum / count * (sum / count)) / count;
  }

  /**
   * The covariance of the means of two seeds due to shared images. This is the mean over all pairs
   * of seeds, but at least the amount that one more image on each side would add.
   */
  private static double covariance(double[][] values, double[] means, double ofImage) {
    int seeds = values.length;
    double[] weights = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      weights[seed] = 1.0 / imagesOf(values[seed]);
    }
    // The sum over all pairs equals the square of the sum minus the sum of squares.
    double pairs = 0;
    for (int i = 0; i < values[0].length; i++) {
      double sum = 0;
      double squares = 0;
      for (int seed = 0; seed < seeds; seed++) {
        double value = values[seed][i];
        if (!Double.isNaN(value)) {
          double part = (value - means[seed]) * weights[seed];
          sum += part;
          squares += part * part;
        }
      }
      pairs += sum * sum - squares;
    }
    double more = ofImage / (imagesOf(values[0]) + 2);
    return Math.max(0, pairs / (seeds * (seeds - 1.0))) + more * more;
  }

  /** The number of seeds needed for an interval that misses the true value with this error. */
  public int fewestSeeds(double error) {
    return kind.fewestSeeds(error);
  }

  int seeds() {
    return bySeed.size();
  }

  /** The two-sided p-value for a mean of zero. */
  public double p() {
    return Math.max(studentP(seeds()), ofSeedsAlone.map(SeedTest::p).orElse(0.0));
  }

  /**
   * The p-value of Student's t-test with this number of seeds, if further seeds have the same mean
   * and variance.
   */
  double studentP(int number) {
    return 2 * TDistribution.of(number - 1).survivalProbability(Math.abs(mean) / error(number));
  }

  /**
   * The p-value of the test of seeds alone with this number of seeds, if further seeds are as clear
   * as the present ones. If the present seeds reach the smallest possible p-value, more seeds reach
   * it as well. Otherwise, the normal deviate of the p-value grows with the square root of the
   * number of seeds.
   */
  private double seedP(int number) {
    double p = ofSeedsAlone.map(SeedTest::p).orElse(0.0);
    if (p <= kind.leastP(seeds())) {
      return kind.leastP(number);
    }
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double deviate = normal.inverseSurvivalProbability(p / 2);
    return Math.max(
        kind.leastP(number),
        2 * normal.survivalProbability(deviate * Math.sqrt((double) number / seeds())));
  }

  private double error(int number) {
    return Math.sqrt(ofSeeds / number + ofImages);
  }

  /**
   * The interval of all means, or medians, that at least one of the tests accepts.
   *
   * @param error probability of missing the true value, at most {@link PairedDifference#ERROR}
   * @return the interval; empty if there are too few seeds for this probability
   */
  public Optional<Interval> interval(double error) {
    Interval student = student(error);
    return ofSeedsAlone.isEmpty()
        ? Optional.of(student)
        : ofSeedsAlone.get().interval(error).map(student::hull);
  }

  private Interval student(double error) {
    return around(TDistribution.of(seeds() - 1), error(seeds()), error);
  }

  /**
   * An interval for numbers on which no decision is based, with the degrees of freedom of Hillis
   * (2007) and both variances as measured. If seeds hardly differ, it is narrower than {@link
   * #interval}. It covers the truth in 92 to 99 % of simulated studies with normally distributed
   * seeds. At smaller error levels, however, it would be far too narrow: three seeds that agree by
   * chance would seem to prove anything.
   */
  Interval described() {
    double sd = Interval.standardDeviation(bySeed);
    double found = sd * sd / seeds();
    double variance = found + ofImages;
    double freedom = variance * variance / (found * found) * (seeds() - 1);
    return around(
        TDistribution.of(Math.min(MOST_FREEDOM, freedom)),
        Math.sqrt(variance),
        PairedDifference.ERROR);
  }

  private Interval around(TDistribution distribution, double deviation, double error) {
    double half = distribution.inverseSurvivalProbability(error / 2) * deviation;
    return new Interval(mean - half, mean + half);
  }

  /**
   * The number of seeds for which the p-value would reach a significance level, if further seeds
   * are like the present ones.
   *
   * @return a number larger than the present one; empty if a hundred seeds would not be enough,
   *     because there are too few images
   */
  public Optional<Integer> seedsFor(double level) {
    for (int number = seeds() + 1; number <= MOST_SEEDS; number++) {
      if (studentP(number) <= level && seedP(number) <= level) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  SeedMean reversed() {
    return new SeedMean(
        -mean,
        bySeed.stream().map(value -> -value).toList(),
        ofSeeds,
        ofImages,
        kind,
        ofSeedsAlone.map(SeedTest::reversed));
  }
}
