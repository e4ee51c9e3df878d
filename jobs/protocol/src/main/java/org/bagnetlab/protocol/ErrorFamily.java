package org.bagnetlab.protocol;

/** The kind of an error, which determines whether a retry can help. */
public enum ErrorFamily {
  /** The request or its data are invalid; a retry would fail in the same way. */
  USER_ERROR(false),
  /** A bug, or a process that died; a retry may succeed. */
  INTERNAL_ERROR(true),
  /** The job needs more memory or time than is available; a retry cannot help. */
  INSUFFICIENT_RESOURCES(false),
  /** Something outside the job is broken or full, such as the disk; a retry may succeed. */
  EXTERNAL(true);

  private final boolean retried;

  ErrorFamily(boolean retried) {
    this.retried = retried;
  }

  /** Whether a job that failed with such an error is retried automatically. */
  public boolean retried() {
    return retried;
  }
}
