package org.bagnetlab.server.http.upload;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The uploads of data sets and of weights, and the space that they still need. Only a few of a kind
 * at a time, since each keeps a connection open, and each with a different name.
 */
final class UploadsInFlight {

  /** Each at first exists twice: as it was uploaded, and as it is stored. */
  private static final int COPIES = 2;

  private final Map<Upload, Long> lengths = new HashMap<>();

  /** Bytes of files that have been received, and whose import has not ended. */
  private long importing;

  /** What is uploaded. */
  enum Kind {
    DATASET,
    WEIGHTS
  }

  private record Upload(Kind kind, String name) {}

  /** Whether one can begin. */
  enum Admission {
    BEGUN,
    NAME_TAKEN,
    TOO_MANY
  }

  /** Lets one begin, unless it cannot. */
  synchronized Admission begin(Kind kind, String name, long bytes) {
    Upload upload = new Upload(kind, name);
    if (lengths.containsKey(upload)) {
      return Admission.NAME_TAKEN;
    }
    if (lengths.keySet().stream().filter(each -> each.kind() == kind).count()
        >= FileUpload.MOST_OF_A_KIND) {
      return Admission.TOO_MANY;
    }
    lengths.put(upload, bytes);
    return Admission.BEGUN;
  }

  /** An upload ended, successfully or not. */
  synchronized void end(Kind kind, String name) {
    lengths.remove(new Upload(kind, name));
  }

  /**
   * A file has been received, and is imported after its upload has ended.
   *
   * @return for the end of the import; runs more than once do no harm
   */
  synchronized Runnable importing(long bytes) {
    importing += bytes;
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        imported(bytes);
      }
    };
  }

  private synchronized void imported(long bytes) {
    importing -= bytes;
  }

  /** At most so many bytes are still written for all of them. */
  synchronized long needed() {
    return COPIES * lengths.values().stream().mapToLong(Long::longValue).sum() + importing;
  }
}
