package org.bagnetlab.queue.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** One of the transactions of a change of many jobs. Other writes wait while it runs. */
public final class Piece {

  /** The maximum number of jobs of a piece. */
  public static final int JOBS = 100;

  /**
   * After this time a piece changes no further jobs. Without this limit pieces would take too long
   * until Java has compiled their code.
   */
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

  /** A piece of a change that has several pieces. */
  static Piece next() {
    return next(System::nanoTime);
  }

  /** A piece of a change that has several pieces, timed by a clock. */
  static Piece next(LongSupplier nanoseconds) {
    return new Piece(JOBS, nanoseconds);
  }

  /** A piece that makes the whole change. */
  public static Piece whole() {
    return new Piece(Integer.MAX_VALUE, () -> 0);
  }

  /** Counts one more job. */
  public void add() {
    jobs++;
  }

  /** Whether the remaining jobs must be left to the next piece. Each piece has at least one job. */
  public boolean isFull() {
    return jobs >= most || (jobs > 0 && nanoseconds.getAsLong() - begun >= LONGEST.toNanos());
  }
}
