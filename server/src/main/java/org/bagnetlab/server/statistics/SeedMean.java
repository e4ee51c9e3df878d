package org.bagnetlab.server.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean over three or more seeds of what is measured on images, with what is known of the mean
 * over all seeds and images.
 *
 * <p>Two tests must agree to reject a mean, and the interval holds what either accepts. One is
 * Student's, over seeds and images: the variance of the mean is that of the seeds over their
 * number, plus the covariance between seeds that comes from sharing images (Obuchowski and Rockette
 * 1995). The other is a {@link SeedTest} of the seeds alone, which does not need them to be normal,
 * but whose p-value has a smallest value. The first alone is wrong where seeds fall into two
 * groups, the second alone knows nothing of other images ({@code docs/decisions/0018}).
 *
 * @param mean over the seeds
 * @param bySeed each seed's mean over its images
 * @param ofSeeds variance between seeds, at least what their images alone imply
 * @param ofImages variance of the mean from images that seeds share
 * @param kind of the test of the seeds
 * @param ofSeedsAlone it; empty for so many seeds that Student's test is enough
 */
public record SeedMean(
    double mean,
    List<Double> bySeed,
    double ofSeeds,
    double ofImages,
    SeedTest.Kind kind,
    Optional<SeedTest> ofSeedsAlone) {

  /** Fewer have no standard deviation, or one that says nothing. */
  public static final int FEWEST_SEEDS = 3;

  private static final int MOST_SEEDS = 100;

  /** How many seeds two networks need for a p-value as small as a level. */
  public static int fewestSeedsOfTwo(double level) {
    return SeedTest.Kind.PERMUTATIONS.fewestSeeds(level);
  }

  /** How many seeds one network needs. */
  public static int fewestSeedsOfOne(double level) {
    return SeedTest.Kind.SIGNS.fewestSeeds(level);
  }

  /** The smallest p-value of two networks with so many seeds. */
  public static double leastPOfTwo(int seeds) {
    return SeedTest.Kind.PERMUTATIONS.leastP(seeds);
  }

  /** More make no difference. */
  private static final double MOST_FREEDOM = 1e9;

  /**
   * Of one network, or of any number for each seed and image.
   *
   * @param values by seed, then by image; NaN: the seed does not have the image
   * @param ofImage what one image changes a seed's mean by, times the number of images
   */
  public static SeedMean of(double[][] values, double ofImage) {
    return of(values, ofImage, SeedTest.Kind.SIGNS, Optional.of(SeedSigns.of(means(values))));
  }

  /**
   * Of the difference of two networks that are right (1) or wrong (0) on images.
   *
   * @param first by seed, then by image; NaN: the seed does not have the image
   * @param second the same, with the same seeds and images
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

  /** All images that any seed has, with what each seed has of them. */
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
   * Of a seed's mean, with two images more: one on each side, half each (Agresti and Min 2005), so
   * that it does not vanish for networks that agree on all images.
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
   * The covariance of two seeds' means, from the images that they share: the mean over all pairs of
   * seeds, at least what one image more on each side adds.
   */
  private static double covariance(double[][] values, double[] means, double ofImage) {
    int seeds = values.length;
    double[] weights = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      weights[seed] = 1.0 / imagesOf(values[seed]);
    }
    // Over all pairs: the square of the sum, less the squares.
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

  int seeds() {
    return bySeed.size();
  }

  /** The two-sided p-value of a mean of zero. */
  public double p() {
    return Math.max(studentP(seeds()), ofSeedsAlone.map(SeedTest::p).orElse(0.0));
  }

  /** Student's, if further seeds have the same mean and variance. */
  double studentP(int number) {
    return 2 * TDistribution.of(number - 1).survivalProbability(Math.abs(mean) / error(number));
  }

  /**
   * That of the seeds alone, if further seeds are as clear. If these are as clear as so many can
   * be, it is the least; otherwise the normal deviate of the p-value grows with the root of their
   * number.
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
   * The means, or medians, that either test accepts.
   *
   * @param error probability of missing the true one, at most {@link PairedDifference#ERROR}
   * @return empty: the seeds are too few to say so much
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
   * The interval of a number that nothing is decided by, with the degrees of freedom of Hillis
   * (2007) and both variances as they were found. It is sharper where seeds hardly differ, and
   * holds what it should in 92 to 99 % of simulated studies of normal seeds, but its tails promise
   * too much: three seeds that agree by chance seem to prove anything.
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
   * How many seeds would have a p-value as small as a level, if they are as these are.
   *
   * @return more than there are; empty: a hundred would not do, since the images are too few
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
