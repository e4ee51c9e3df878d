package org.bagnetlab.server.notification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of a notification. */
public enum NoticeKind {
  /** All jobs of a sweep have ended. */
  @JsonProperty("sweep-ended")
  SWEEP_ENDED("sweep-ended"),
  /** Something is blocked, or soon will be, until a user acts. */
  @JsonProperty("needs-help")
  NEEDS_HELP("needs-help"),
  /** A test requested by a user. */
  @JsonProperty("test")
  TEST("test");

  private final String written;

  NoticeKind(String written) {
    this.written = written;
  }

  /** As it is in a notice and in the configuration. */
  public String written() {
    return written;
  }
}
