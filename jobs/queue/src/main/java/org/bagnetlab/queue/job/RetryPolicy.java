package org.bagnetlab.queue.job;

import java.time.Duration;

/**
 * How often and when an interrupted job is retried automatically.
 *
 * @param attempts in a row without progress, at most
 * @param first time before the first of them
 * @param longest time before any of them; each waits twice as long as the one before
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** The default for real jobs. */
  public static RetryPolicy standard() {
    return new RetryPolicy(5, Duration.ofSeconds(5), Duration.ofMinutes(5));
  }

  /** Whether a job that was interrupted so often without progress is retried. */
  boolean allows(int retriesWithoutProgress) {
    return retriesWithoutProgress <= attempts;
  }

  /** How long to wait after so many interruptions without progress. */
  Duration delay(int retriesWithoutProgress) {
    if (retriesWithoutProgress == 0) {
      return Duration.ZERO;
    }
    Duration delay = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, retriesWithoutProgress - 1));
    return delay.compareTo(longest) > 0 ? longest : delay;
  }
}
