package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The permutation test of two networks (Pitman 1937): if their runs have the same distribution, all
 * ways to divide the runs between the two networks are equally likely. It is conservative if runs
 * with the same seed have more in common than other runs, such as their images.
 *
 * <p>The test counts the differences between the means of all pairs of equally large subsets. Each
 * of these differences is a value of the true difference at which one more division of the runs
 * becomes as extreme as the observed one. They therefore also give the interval (Hartigan 1969).
 *
 * @param p two-sided p-value for the hypothesis of no difference
 * @param ways number of ways in which the runs can be divided
 * @param least the smallest differences in ascending order, at most as many as an interval can
 *     exclude
 * @param largest the largest differences in ascending order
 */
record RunPermutations(double p, int ways, double[] least, double[] largest) implements SeedTest {

  /** Maximum number of seeds. More seeds would give over half a million differences. */
  private static final int MOST_SEEDS = 10;

  /**
   * Maximum probability that an interval misses the true value. It limits how many differences must
   * be kept.
   */
  private static final double LARGEST_ERROR = PairedDifference.ERROR;

  /**
   * Tests the runs of two networks.
   *
   * @param first values of the first network, as many as there are of the second
   * @return the test; empty if there are so many seeds that Student's t-test is enough
   */
  static Optional<SeedTest> of(double[] first, double[] second) {
    if (first.length > MOST_SEEDS) {
      return Optional.empty();
    }
    double[] differences = differences(first, second);
    Arrays.sort(differences);
    int ways = differences.length + 1;
    long below = Arrays.stream(differences).filter(each -> each <= ROUNDING).count();
    long above = Arrays.stream(differences).filter(each -> each >= -ROUNDING).count();
    int kept = outside(ways, LARGEST_ERROR);
    return Optional.of(
        new RunPermutations(
            Math.min(1, 2.0 * (1 + Math.min(below, above)) / ways),
            ways,
            Arrays.copyOf(differences, kept),
            Arrays.copyOfRange(differences, differences.length - kept, differences.length)));
  }

  private static double[] differences(double[] first, double[] second) {
    List<double[]> ours = subsetMeans(first);
    List<double[]> theirs = subsetMeans(second);
    double[] differences = new double[(int) Math.round(Kind.PERMUTATIONS.ways(first.length)) - 1];
    int count = 0;
    for (int size = 0; size < first.length; size++) {
      for (double one : ours.get(size)) {
        for (double other : theirs.get(size)) {
          differences[count++] = one - other;
        }
      }
    }
    return differences;
  }

  /** The means of all subsets, indexed by the size of the subsets minus one. */
  private static List<double[]> subsetMeans(double[] values) {
    List<List<Double>> means = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      means.add(new ArrayList<>());
    }
    for (int subset = 1; subset < 1 << values.length; subset++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += (subset >> i & 1) == 1 ? values[i] : 0;
      }
      int size = Integer.bitCount(subset);
      means.get(size - 1).add(sum / size);
    }
    return means.stream()
        .map(each -> each.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  /** The number of differences that lie outside an interval on each side. */
  private static int outside(int ways, double error) {
    return (int) Math.floor(error * ways / 2);
  }

  @Override
  public Optional<Interval> interval(double error) {
    if (error > LARGEST_ERROR) {
      throw new IllegalArgumentException("intervals are kept up to " + LARGEST_ERROR);
    }
    int outside = outside(ways, error);
    return outside == 0
        ? Optional.empty()
        : Optional.of(SeedTest.rounded(least[outside - 1], largest[largest.length - outside]));
  }

  @Override
  public RunPermutations reversed() {
    return new RunPermutations(p, ways, negative(largest), negative(least));
  }

  private static double[] negative(double[] ascending) {
    double[] negative = new double[ascending.length];
    Arrays.setAll(negative, i -> -ascending[ascending.length - 1 - i]);
    return negative;
  }
}
