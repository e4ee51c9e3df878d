package org.bagnetlab.server.results.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A comparison of the numbers of two runs, bit for bit.
 *
 * @param compared how many numbers either of them measured
 * @param differing how many of these differ
 * @param first the first of them, in the order in which they were measured
 * @param largest the one with the largest difference
 */
public record NumberDifferences(
    int compared,
    int differing,
    Optional<DifferingNumber> first,
    Optional<DifferingNumber> largest) {

  static NumberDifferences between(SequencedMap<String, Double> a, SequencedMap<String, Double> b) {
    SequencedSet<String> names = new LinkedHashSet<>(a.keySet());
    names.addAll(b.keySet());
    List<DifferingNumber> differing = new ArrayList<>();
    for (String name : names) {
      DifferingNumber number =
          new DifferingNumber(
              name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name)));
      // Equal bits, so that NaN is equal to NaN, and 0 not to -0.
      if (!number.a().equals(number.b())) {
        differing.add(number);
      }
    }
    return new NumberDifferences(
        names.size(),
        differing.size(),
        differing.stream().findFirst(),
        differing.stream().max(Comparator.comparingDouble(DifferingNumber::size)));
  }

  /** For example {@code 3 of 12 numbers differ, first epoch 2, training loss: ...}. */
  String text() {
    return "%d of %d numbers differ, first %s; most %s"
        .formatted(
            differing,
            compared,
            first.map(DifferingNumber::text).orElse("none"),
            largest.map(DifferingNumber::text).orElse("none"));
  }
}
