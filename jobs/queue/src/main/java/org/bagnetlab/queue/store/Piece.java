package org.bagnetlab.queue.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The part of a change of many jobs that is done in one transaction, for which others wait. */
public final class Piece {

  /** So many jobs at most. */
  public static final int JOBS = 100;

  /** After this time no other job is begun: until Java has compiled it, a change takes longer. */
  private static final Duration LONGEST = Duration.ofMillis(50);

  private final LongSupplier nanoseconds;
  private final long begun;
  private final int most;
  private int jobs;

  private Piece(int most, LongSupplier nanoseconds) {
    this.most = most;
    this.nanoseconds = nanoseconds;
    this.begun = nanoseconds.getAsLong();
  }

  /** The next of several. */
  static Piece next() {
    return next(System::nanoTime);
  }

  /** The next of several, timed by a clock. */
  static Piece next(LongSupplier nanoseconds) {
    return new Piece(JOBS, nanoseconds);
  }

  /** The whole change. */
  public static Piece whole() {
    return new Piece(Integer.MAX_VALUE, () -> 0);
  }

  /** Counts a job. */
  public void add() {
    jobs++;
  }

  /** Whether other jobs belong to the next piece. Each has at least one. */
  public boolean isFull() {
    return jobs >= most || (jobs > 0 && nanoseconds.getAsLong() - begun >= LONGEST.toNanos());
  }
}
