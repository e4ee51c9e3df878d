package org.bagnetlab.queue.spec;

import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.request.InvalidSpec;

/** The rule for names of sweeps. Names are used in URLs. */
public final class SweepName {

  private SweepName() {}

  /**
   * The name, if it is valid.
   *
   * @throws InvalidSpec naming the field
   */
  public static String checked(String field, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new InvalidSpec(
          field,
          "%s must start with a letter or digit, followed by up to 63 letters, digits, dots, dashes or underscores, but is '%s'."
              .formatted(field, Excerpt.of(name)));
    }
    return name;
  }
}
