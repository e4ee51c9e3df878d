package org.bagnetlab.queue.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A part of a change of many jobs. It runs in one transaction, which other writes wait for. */
public final class Piece {

  /** The largest number of jobs. */
  public static final int JOBS = 100;

  /** After this time no other job is begun: a change is slow until Java has compiled it. */
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

  /** A piece that is the whole change. */
  public static Piece whole() {
    return new Piece(Integer.MAX_VALUE, () -> 0);
  }

  /** Counts a job. */
  public void add() {
    jobs++;
  }

  /** Whether the remaining jobs belong to the next piece. Each has at least one job. */
  public boolean isFull() {
    return jobs >= most || (jobs > 0 && nanoseconds.getAsLong() - begun >= LONGEST.toNanos());
  }
}
