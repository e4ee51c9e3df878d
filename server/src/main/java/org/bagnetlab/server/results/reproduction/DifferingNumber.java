package org.bagnetlab.server.results.reproduction;

import java.util.Locale;
import java.util.Optional;

/**
 * A number that two runs measured differently.
 *
 * @param name what was measured, and in which epoch or on which images
 * @param a the number of the first run; absent if that has none
 * @param b the number of the second run; absent if that has none
 */
public record DifferingNumber(String name, Optional<Double> a, Optional<Double> b) {

  /** How far apart they are; infinite if either is missing, infinite or not a number. */
  double size() {
    double size = Math.abs(a.orElse(Double.NaN) - b.orElse(Double.NaN));
    return Double.isNaN(size) ? Double.POSITIVE_INFINITY : size;
  }

  /** For example {@code epoch 3, validation loss: 1.25 and 1.2500001, 1.0e-07 apart}. */
  String text() {
    String numbers =
        "%s: %s and %s"
            .formatted(
                name, a.map(String::valueOf).orElse("none"), b.map(String::valueOf).orElse("none"));
    return Double.isInfinite(size())
        ? numbers
        : String.format(Locale.ROOT, "%s, %.1e apart", numbers, size());
  }
}
