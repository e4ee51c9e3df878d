package org.bagnetlab.protocol;

/** What kind of failure an error is, which decides whether trying again can help. */
public enum ErrorFamily {
  /** The request or its data are wrong: trying again gives the same. */
  USER_ERROR(false),
  /** A defect, or a process that died: it may be tried again. */
  INTERNAL_ERROR(true),
  /** The job needs more memory or time than there is: it will not fit next time, either. */
  INSUFFICIENT_RESOURCES(false),
  /** Something around the job is broken or full, such as the disk: it may be tried again. */
  EXTERNAL(true);

  private final boolean retried;

  ErrorFamily(boolean retried) {
    this.retried = retried;
  }

  /** Whether a job that failed with it is retried automatically. */
  public boolean retried() {
    return retried;
  }
}
