package org.bagnetlab.server.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kind of a notification. */
public enum NoticeKind {
  /** All jobs of a sweep have ended. */
  SWEEP_ENDED,
  /** Something is blocked, or soon will be, until a user acts. */
  NEEDS_HELP,
  /** A day has passed: what ran, and the state of the lab. */
  DAILY,
  /** A test requested by a user. */
  TEST;

  /** The name used in notices and in the configuration. */
  @JsonValue
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
