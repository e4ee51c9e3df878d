package org.bagnetlab.vision.staging;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A data set or weights exist but cannot be used. The message is one line with their name, the
 * problem and what to do.
 */
public final class DamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /** Creates the exception for the data set or weights with this name. */
  public DamagedException(String name, String problem, @Nullable Throwable cause) {
    super(problem.replaceAll("[" + Unprintable.CHARACTERS + "]+", " "), cause);
    this.name = name;
  }

  /** The entry for lists. */
  public Damaged damaged() {
    return new Damaged(name, String.valueOf(getMessage()));
  }
}
