package org.bagnetlab.queue.store;

import java.time.Duration;

/** The part of a change of many jobs that is done in one transaction, for which others wait. */
public final class Piece {

  /** So many jobs at most. */
  public static final int JOBS = 100;

  /** After this time no other job is begun: until Java has compiled it, a change takes longer. */
  private static final Duration LONGEST = Duration.ofMillis(50);

  private final long begun = System.nanoTime();
  private final boolean bounded;
  private int jobs;

  private Piece(boolean bounded) {
    this.bounded = bounded;
  }

  /** The next of several. */
  static Piece next() {
    return new Piece(true);
  }

  /** The whole change. */
  public static Piece whole() {
    return new Piece(false);
  }

  /** Counts a job. */
  public void add() {
    jobs++;
  }

  /** Whether other jobs belong to the next piece. There is one in each. */
  public boolean isFull() {
    return bounded && jobs > 0 && (jobs >= JOBS || System.nanoTime() - begun >= LONGEST.toNanos());
  }
}
