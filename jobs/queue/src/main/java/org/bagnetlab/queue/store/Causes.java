package org.bagnetlab.queue.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.storage.cause.CauseRow;

/** Reads stored causes. */
public final class Causes {

  private Causes() {}

  /** The cause stored in a row. */
  public static Cause of(CauseRow row) {
    return Cause.of(row.code(), Json.read(row.arguments(), new TypeReference<JsonNode>() {}));
  }

  /** The row that stores a cause. */
  public static CauseRow row(Cause cause) {
    return new CauseRow(cause.code(), Json.line(cause.arguments()));
  }
}
