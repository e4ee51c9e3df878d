package org.bagnetlab.worker;

import java.io.Serial;

/** Whether the job is to stop. */
final class Cancellation {

  /** Unwinds a job that was told to stop and has nothing more to save. */
  static final class Requested extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
  }

  private volatile boolean requested;

  void request() {
    requested = true;
  }

  boolean requested() {
    return requested;
  }

  /** Leaves the job if it is to stop. */
  void check() {
    if (requested) {
      throw new Requested();
    }
  }
}
