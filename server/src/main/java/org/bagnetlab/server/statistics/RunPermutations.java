package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The permutation test of two networks (Pitman 1937): if their runs are distributed alike, all ways
 * to divide the runs among the two are equally likely. The differences of the means of all subsets
 * of equal size are counted: they are the true differences at which one way more becomes as extreme
 * as what was found (Hartigan 1969), so that they give the interval, too.
 */
final class RunPermutations implements SeedTest {

  /** More would make more than half a million values. */
  private static final int MOST_SEEDS = 10;

  private final double[] differences;
  private boolean sorted;

  private RunPermutations(double[] differences) {
    this.differences = differences;
  }

  /**
   * Of the runs of two networks.
   *
   * @param first as many as the second has
   * @return empty for so many seeds that Student's test is enough
   */
  static Optional<SeedTest> of(double[] first, double[] second) {
    if (first.length > MOST_SEEDS) {
      return Optional.empty();
    }
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
    return Optional.of(new RunPermutations(differences));
  }

  /** By the size of the subset, less one. */
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

  @Override
  public double p() {
    int below = 0;
    int above = 0;
    for (double difference : differences) {
      below += difference <= ROUNDING ? 1 : 0;
      above += difference >= -ROUNDING ? 1 : 0;
    }
    return Math.min(1, 2.0 * (1 + Math.min(below, above)) / ways());
  }

  @Override
  public synchronized Optional<Interval> interval(double error) {
    int outside = (int) Math.floor(error * ways() / 2);
    if (outside == 0) {
      return Optional.empty();
    }
    if (!sorted) {
      Arrays.sort(differences);
      sorted = true;
    }
    return Optional.of(
        new Interval(differences[outside - 1], differences[differences.length - outside]));
  }

  private int ways() {
    return differences.length + 1;
  }

  @Override
  public RunPermutations reversed() {
    return new RunPermutations(Arrays.stream(differences).map(difference -> -difference).toArray());
  }
}
