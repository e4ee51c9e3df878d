package org.bagnetlab.queue.store;

import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.storage.cause.CauseRow;

/** Reads stored causes. */
public final class Causes {

  private Causes() {}

  /** The cause that was stored. */
  public static Cause of(CauseRow row) {
    return Cause.read(row.code(), row.arguments());
  }

  /** The cause as it is stored. */
  public static CauseRow row(Cause cause) {
    return new CauseRow(cause.code().text(), cause.argumentsJson());
  }
}
