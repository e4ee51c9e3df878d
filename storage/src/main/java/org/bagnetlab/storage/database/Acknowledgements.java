package org.bagnetlab.storage.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports the outcomes of writes to their callers, in the order of the commits. Several are
 * reported together, because one sync to disk covers them all. Only the writing thread uses it.
 */
final class Acknowledgements {

  /** Maximum number of outcomes that are reported together. */
  private static final int MOST_PENDING = 64;

  /** After this time an outcome is reported even if more writes are waiting. */
  private static final Duration LONGEST_PENDING = Duration.ofMillis(20);

  private final List<Runnable> pending = new ArrayList<>();

  /** When the oldest pending outcome was added, in nanoseconds. */
  private long oldest;

  /** Adds the report of an outcome. */
  void add(Runnable report) {
    if (pending.isEmpty()) {
      oldest = System.nanoTime();
    }
    pending.add(report);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Whether the callers have waited long enough. */
  boolean isDue() {
    return pending.size() >= MOST_PENDING
        || System.nanoTime() - oldest >= LONGEST_PENDING.toNanos();
  }

  /** Reports all outcomes. */
  void send() {
    List<Runnable> reports = List.copyOf(pending);
    pending.clear();
    reports.forEach(Runnable::run);
  }
}
