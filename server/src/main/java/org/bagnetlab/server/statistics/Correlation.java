package org.bagnetlab.server.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Correlations of two variables. */
public final class Correlation {

  private Correlation() {}

  /**
   * Pearson's correlation.
   *
   * @param first values
   * @param second as many values, each beside one of the first
   * @return in [-1, 1]; empty with fewer than two values, or if one variable is constant
   */
  public static Optional<Double> pearson(double[] first, double[] second) {
    double meanOfFirst = mean(first);
    double meanOfSecond = mean(second);
    double product = 0;
    double squaresOfFirst = 0;
    double squaresOfSecond = 0;
    for (int i = 0; i < first.length; i++) {
      double one = first[i] - meanOfFirst;
      double other = second[i] - meanOfSecond;
      product += one * other;
      squaresOfFirst += one * one;
      squaresOfSecond += other * other;
    }
    double length = Math.sqrt(squaresOfFirst) * Math.sqrt(squaresOfSecond);
    // Rounding may put a correlation of 1 above it. The length of what is no number is none.
    return length > 0 ? Optional.of(Math.max(-1, Math.min(1, product / length))) : Optional.empty();
  }

  /** Spearman's correlation: Pearson's of the ranks, equal values sharing their mean rank. */
  public static Optional<Double> spearman(double[] first, double[] second) {
    return pearson(ranks(first), ranks(second));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double[] ranks(double[] values) {
    List<Integer> ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    double[] ranks = new double[values.length];
    for (int from = 0; from < values.length; ) {
      int to = from + 1;
      while (to < values.length && values[ascending.get(to)] == values[ascending.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[ascending.get(i)] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
