package org.bagnetlab.server.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Holm's correction for testing multiple hypotheses (Holm 1979). */
public final class Holm {

  private Holm() {}

  /**
   * Adjusts p-values. If all hypotheses with an adjusted p-value of at most alpha are rejected, the
   * probability of wrongly rejecting any hypothesis is at most alpha, no matter how the tests
   * depend on each other.
   *
   * @param values p-values
   * @return adjusted p-values in the same order, at most 1
   */
  public static List<Double> adjusted(List<Double> values) {
    List<Integer> ascending =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparingDouble(values::get))
            .toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(values.size(), 1.0));
    double largest = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      int index = ascending.get(rank);
      largest = Math.max(largest, (values.size() - rank) * values.get(index));
      adjusted.set(index, Math.min(1, largest));
    }
    return List.copyOf(adjusted);
  }

  /**
   * Adjusts the p-values of all rows that have one.
   *
   * @param p returns the p-value of a row; rows without a p-value do not count as tests
   * @param with returns a copy of a row with its adjusted p-value
   */
  public static <R> List<R> correct(
      List<R> rows, Function<R, Optional<Double>> p, BiFunction<R, Double, R> with) {
    List<Double> adjusted = adjusted(rows.stream().map(p).flatMap(Optional::stream).toList());
    Iterator<Double> next = adjusted.iterator();
    return rows.stream()
        .map(row -> p.apply(row).isPresent() ? with.apply(row, next.next()) : row)
        .toList();
  }
}
