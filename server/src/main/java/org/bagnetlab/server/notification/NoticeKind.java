package org.bagnetlab.server.notification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a notice tells of. */
public enum NoticeKind {
  /** No job of a sweep is open any more. */
  @JsonProperty("sweep-ended")
  SWEEP_ENDED("sweep-ended"),
  /** Something does not go on, or soon will not, unless somebody does something. */
  @JsonProperty("needs-help")
  NEEDS_HELP("needs-help"),
  /** Somebody wants to see a notice. */
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
