package org.bagnetlab.queue;

import java.time.Duration;

/**
 * How often an interrupted job is tried again by itself.
 *
 * @param attempts in a row that bring it no further, at most
 * @param first time before the first of them
 * @param longest time before any of them; each waits twice as long as the one before
 */
public record Patience(int attempts, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** For real work. */
  public static Patience standard() {
    return new Patience(5, Duration.ofSeconds(5), Duration.ofMinutes(5));
  }

  /** Whether a job that was interrupted so often without getting on is tried once more. */
  boolean lasts(int fruitless) {
    return fruitless <= attempts;
  }

  /** How long to wait after so many interruptions without progress. */
  Duration delay(int fruitless) {
    if (fruitless == 0) {
      return Duration.ZERO;
    }
    Duration delay = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, fruitless - 1));
    return delay.compareTo(longest) > 0 ? longest : delay;
  }
}
