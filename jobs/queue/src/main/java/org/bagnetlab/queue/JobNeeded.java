package org.bagnetlab.queue;

/** Something cannot be done with a job as long as it, or another one, stands as it does. */
public final class JobNeeded extends RuntimeException {

  private static final long serialVersionUID = 1;

  JobNeeded(String message) {
    super(message);
  }
}
