package org.bagnetlab.protocol;

/** What kind of failure an error is, which decides whether trying again can help. */
public enum ErrorFamily {
  /** The request or its data are wrong: trying again gives the same. */
  USER_ERROR,
  /** A defect, or a process that died: it may be tried again. */
  INTERNAL_ERROR,
  /** Memory or disk is too small: the same job will not fit next time. */
  INSUFFICIENT_RESOURCES
}
