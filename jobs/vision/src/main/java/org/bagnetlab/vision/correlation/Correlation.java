package org.bagnetlab.vision.correlation;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Correlations of two variables. The correlation is undefined if a variable is constant or has a
 * value that is not finite. Without this rule NaN, which has a place in Java's sort order, would
 * get a rank like any other value.
 */
public final class Correlation {

  private Correlation() {}

  /**
   * Pearson's correlation.
   *
   * @param values values of one variable
   * @param others values of the other variable, in the same order
   * @return the correlation in [-1, 1], exactly 1 for equal values; empty if there are fewer than
   *     two values, if a variable is constant, or if a value is not finite or too large to be
   *     squared
   * @throws IllegalArgumentException if the arrays have different lengths
   */
  public static Optional<Double> pearson(double[] values, double[] others) {
    if (values.length != others.length) {
      throw new IllegalArgumentException(
          "%d values do not belong to %d others".formatted(values.length, others.length));
    }
    if (!varies(values) || !varies(others)) {
      return Optional.empty();
    }
    double mean = mean(values);
    double meanOfOthers = mean(others);
    double product = 0;
    double squares = 0;
    double squaresOfOthers = 0;
    for (int i = 0; i < values.length; i++) {
      double value = values[i] - mean;
      double other = others[i] - meanOfOthers;
      product += value * other;
      squares += value * value;
      squaresOfOthers += other * other;
    }
    // If the two sums of squares are equal, their value is used directly, since the product of two
    // rounded roots may differ from it. Otherwise two roots are taken, since the product under a
    // single root would overflow earlier.
    double length =
        squares == squaresOfOthers ? squares : Math.sqrt(squares) * Math.sqrt(squaresOfOthers);
    return length > 0 && Double.isFinite(length)
        // Rounding may give a value outside of [-1, 1].
        ? Optional.of(Math.max(-1, Math.min(1, product / length)))
        : Optional.empty();
  }

  /**
   * Spearman's rank correlation: Pearson's correlation of the ranks, where equal values share their
   * mean rank.
   *
   * @param values values of one variable
   * @param others values of the other variable, in the same order
   * @return the correlation in [-1, 1], exactly 1 for equal ranks; empty if there are fewer than
   *     two values, if a variable is constant, or if a value is not finite
   * @throws IllegalArgumentException if the arrays have different lengths
   */
  public static Optional<Double> spearman(double[] values, double[] others) {
    return isFinite(values) && isFinite(others)
        ? pearson(ranks(values), ranks(others))
        : Optional.empty();
  }

  /** Spearman's rank correlation of float32 values. */
  public static Optional<Double> spearman(float[] values, float[] others) {
    return spearman(doubles(values), doubles(others));
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether all values are finite and not all equal. Equality is tested directly, since rounding
   * may make the mean of equal values differ from them.
   */
  private static boolean varies(double[] values) {
    boolean varies = false;
    for (double value : values) {
      varies |= value != values[0];
    }
    return varies && isFinite(values);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double[] ranks(double[] values) {
    int[] ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < ascending.length) {
      int to = from + 1;
      while (to < ascending.length && values[ascending[to]] == values[ascending[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[ascending[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
