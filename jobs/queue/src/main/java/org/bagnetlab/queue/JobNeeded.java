package org.bagnetlab.queue;

/** A job cannot be deleted yet. */
public final class JobNeeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  JobNeeded(String message) {
    super(message);
  }
}
