package org.bagnetlab.queue.store;

/** A data set cannot be removed yet: a job reads it. */
public final class DatasetNeeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  DatasetNeeded(String message) {
    super(message);
  }
}
