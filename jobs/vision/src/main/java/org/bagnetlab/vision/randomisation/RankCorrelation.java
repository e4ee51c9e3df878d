package org.bagnetlab.vision.randomisation;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Spearman's rank correlation: Pearson's of ranks, where equal values share their mean rank. */
public final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * Correlates values that belong together.
   *
   * @param values of the one kind
   * @param others of the other, in the same order
   * @return in [-1, 1], exactly 1 of equal ranks; empty if all values of a kind are equal
   * @throws IllegalArgumentException if there are not as many
   */
  public static OptionalDouble of(float[] values, float[] others) {
    if (values.length != others.length) {
      throw new IllegalArgumentException(
          "%d values do not belong to %d others".formatted(values.length, others.length));
    }
    double[] ranks = centredRanks(values);
    double[] otherRanks = centredRanks(others);
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < ranks.length; i++) {
      product += ranks[i] * otherRanks[i];
      squares += ranks[i] * ranks[i];
      otherSquares += otherRanks[i] * otherRanks[i];
    }
    // The root of a square is exact, so that equal ranks give exactly 1.
    return squares == 0 || otherSquares == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(product / Math.sqrt(squares * otherSquares));
  }

  /** Ranks less their mean. */
  private static double[] centredRanks(float[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparing(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    double mean = (values.length - 1) / 2.0;
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0 - mean;
      }
      from = to;
    }
    return ranks;
  }
}
