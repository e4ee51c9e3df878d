package org.bagnetlab.server.http;

import java.util.HashMap;
import java.util.Map;

/**
 * The uploads being received or imported: only a few at a time, since each keeps a connection open
 * while it waits for the others, and each with a different name.
 */
final class UploadsInFlight {

  private static final int MOST = 4;

  private final Map<String, Long> lengths = new HashMap<>();

  /** Whether one can begin. */
  enum Admission {
    BEGUN,
    NAME_TAKEN,
    TOO_MANY
  }

  /** Lets one begin, unless it cannot. */
  synchronized Admission begin(String name, long bytes) {
    if (lengths.containsKey(name)) {
      return Admission.NAME_TAKEN;
    }
    if (lengths.size() >= MOST) {
      return Admission.TOO_MANY;
    }
    lengths.put(name, bytes);
    return Admission.BEGUN;
  }

  /** An upload ended, successfully or not. */
  synchronized void end(String name) {
    lengths.remove(name);
  }

  /** The bytes of all of them: what has not come yet will. */
  synchronized long bytes() {
    return lengths.values().stream().mapToLong(Long::longValue).sum();
  }
}
