package org.bagnetlab.worker.run;

import java.io.Serial;

/** A request to stop the job. */
public final class Cancellation {

  /** Unwinds a job that should stop and has nothing more to save. */
  public static final class Requested extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
  }

  private volatile boolean requested;

  /** Asks the job to stop. */
  public void request() {
    requested = true;
  }

  /** Whether the job was asked to stop. */
  public boolean requested() {
    return requested;
  }

  /** Throws {@link Requested} if the job should stop. */
  public void check() {
    if (requested) {
      throw new Requested();
    }
  }
}
