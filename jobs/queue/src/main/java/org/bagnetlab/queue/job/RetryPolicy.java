package org.bagnetlab.queue.job;

import java.time.Duration;

/**
 * How often and when an interrupted job is retried automatically.
 *
 * @param attempts maximum number of consecutive retries without progress
 * @param first delay before the first retry
 * @param longest maximum delay before a retry; each delay is twice the previous one
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** The default for real jobs. */
  public static RetryPolicy standard() {
    return new RetryPolicy(5, Duration.ofSeconds(5), Duration.ofMinutes(5));
  }

  /** Whether to retry a job after this many interruptions without progress. */
  boolean allows(int retriesWithoutProgress) {
    return retriesWithoutProgress <= attempts;
  }

  /** How long to wait after this many interruptions without progress. */
  Duration delay(int retriesWithoutProgress) {
    if (retriesWithoutProgress == 0) {
      return Duration.ZERO;
    }
    Duration delay = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, retriesWithoutProgress - 1));
    return delay.compareTo(longest) > 0 ? longest : delay;
  }
}
