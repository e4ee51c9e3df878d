package org.bagnetlab.experiment.output;

import java.util.Optional;

/**
 * A coordinate of the values of an output.
 *
 * @param name stable name, among the {@code axes} of a value
 * @param label for users
 * @param unit of the positions, if they have one
 */
public record Axis(String name, String label, Optional<String> unit) {

  /** An axis without a unit. */
  public static Axis of(String name, String label) {
    return new Axis(name, label, Optional.empty());
  }
}
