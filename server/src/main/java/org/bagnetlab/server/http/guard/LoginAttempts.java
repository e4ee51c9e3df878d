package org.bagnetlab.server.http.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Limits the requests without a valid token that an address sends in a minute. */
public final class LoginAttempts {

  /** A browser without a token asks for a page and its style, and tries again. */
  public static final int MOST_A_MINUTE = 1_000;

  static final Duration MINUTE = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final Map<String, Integer> attempts = new HashMap<>();
  private long begun;

  /** Begins with the first minute. */
  LoginAttempts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Counts an attempt, and says whether it is within the limit. */
  boolean allows(String address) {
    long now = nanoTime.getAsLong();
    if (now - begun >= MINUTE.toNanos()) {
      begun = now;
      attempts.clear();
    }
    return attempts.merge(address, 1, Integer::sum) <= MOST_A_MINUTE;
  }
}
