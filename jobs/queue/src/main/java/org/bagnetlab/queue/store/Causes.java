package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.storage.cause.CauseRow;

/** Reads stored causes. */
public final class Causes {

  private Causes() {}

  /** The cause that was stored. */
  public static Cause of(CauseRow row) {
    try {
      return Cause.of(row.code(), Json.MAPPER.readTree(row.arguments()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot parse stored cause: " + row.arguments(), e);
    }
  }

  /** The cause as it is stored. */
  public static CauseRow row(Cause cause) {
    return new CauseRow(cause.code(), Json.line(cause.arguments()));
  }
}
