package org.bagnetlab.queue;

/** There is no sweep of this name. */
public final class SweepNotFound extends RuntimeException {

  private static final long serialVersionUID = 1;

  SweepNotFound(String name) {
    super("There is no sweep '%s'.".formatted(name));
  }
}
