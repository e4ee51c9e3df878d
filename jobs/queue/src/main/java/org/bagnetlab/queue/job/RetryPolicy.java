package org.bagnetlab.queue.job;

import java.time.Duration;

/**
 * How often and when an interrupted job is retried automatically.
 *
 * @param attempts largest number of consecutive ones without progress
 * @param first time before the first of them
 * @param longest time before any attempt; each waits twice as long as the previous one
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
