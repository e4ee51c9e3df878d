package org.bagnetlab.experiment.output;

import java.util.Optional;

/**
 * A coordinate of the values of an output.
 *
 * @param name stable name, among the {@code axes} of a value
 * @param label display label
 * @param unit unit of the positions, if they have one
 */
public record Axis(String name, String label, Optional<String> unit) {

  /** The name of a class. */
  public static final Axis CLASS = of("class", "Class");

  /** An axis without a unit. */
  public static Axis of(String name, String label) {
    return new Axis(name, label, Optional.empty());
  }

  /** An axis with a unit. */
  public static Axis of(String name, String label, String unit) {
    return new Axis(name, label, Optional.of(unit));
  }
}
