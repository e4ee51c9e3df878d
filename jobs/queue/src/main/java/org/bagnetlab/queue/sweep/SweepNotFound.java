package org.bagnetlab.queue.sweep;

/** There is no sweep of this name. */
public final class SweepNotFound extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SweepNotFound(String name) {
    super("There is no sweep '%s'.".formatted(name));
  }
}
