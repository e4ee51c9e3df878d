package org.bagnetlab.server.http.upload;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tracks uploads, and the space that they still need. Only a few uploads of a kind run at once,
 * since each keeps a connection open. Each has a different name.
 */
final class UploadsInFlight {

  /** Copies of each file during an import: the uploaded one and the stored one. */
  private static final int COPIES = 2;

  private final Map<Upload, Long> lengths = new HashMap<>();

  /** Bytes of received files whose import has not ended. */
  private long importing;

  /** The kind of an uploaded file. */
  enum Kind {
    DATASET,
    WEIGHTS,
    RUNS
  }

  private record Upload(Kind kind, String name) {}

  /** Whether an upload can begin. */
  enum Admission {
    BEGUN,
    NAME_TAKEN,
    TOO_MANY
  }

  /** Begins an upload if possible. */
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

  /** Ends an upload, successful or not. */
  synchronized void end(Kind kind, String name) {
    lengths.remove(new Upload(kind, name));
  }

  /**
   * Reserves space for the import of a received file, which outlasts the upload.
   *
   * @return must be run at the end of the import; may be run more than once
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

  /** The maximum number of bytes still to be written for all uploads. */
  synchronized long needed() {
    return COPIES * lengths.values().stream().mapToLong(Long::longValue).sum() + importing;
  }
}
