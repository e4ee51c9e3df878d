package org.bagnetlab.queue.store;

/** Weights cannot be removed yet: a job starts from them. */
public final class WeightsNeeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  WeightsNeeded(String message) {
    super(message);
  }
}
