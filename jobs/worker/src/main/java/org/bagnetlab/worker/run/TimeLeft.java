package org.bagnetlab.worker.run;

import java.util.Optional;

/**
 * Estimates how long the rest of a job's work takes, as soon as a useful estimate is possible.
 *
 * <p>The first batches of a process are several times slower than later ones, while Java compiles
 * the code. The rate is therefore measured over at least the later half of the work so far. There
 * is an estimate as soon as a twentieth of the work is done and the rates of two stretches agree,
 * the second of which is as long as everything before it. It exists at the latest when a fifth of
 * the work is done.
 */
final class TimeLeft {

  /** The value until there is an estimate. */
  static final double UNKNOWN = -1;

  /** Two rates agree if the higher one is at most this many times the lower one. */
  private static final double AGREEMENT = 1.25;

  /**
   * There is no estimate before this share of the work, because the rates of the first, slow
   * batches may agree with each other.
   */
  private static final double LEAST_PART = 0.05;

  /** After this share of the work, the rate is accepted without a check. */
  private static final double GOOD_PART = 0.2;

  /** Minimum duration of a stretch. A shorter one is not informative: it may be a single batch. */
  private static final long SHORTEST_NANOS = 1_000_000_000;

  private double planned;
  private double done;

  /** The start of the stretch that determines the rate, and the start of the next stretch. */
  private Mark from;

  private Mark to;
  private Optional<Double> earlier = Optional.empty();
  private boolean settled;

  /** The amount of work done at a point in time. */
  private record Mark(double done, long nanos) {}

  /** Starts with all of the work ahead. */
  TimeLeft(double planned, long nanos) {
    this.planned = planned;
    this.from = new Mark(0, nanos);
    this.to = from;
  }

  /** Subtracts work that will not be done. */
  void skip(double work) {
    planned -= work;
  }

  /** Records that more work was done by this time. */
  void advance(double work, long nanos) {
    done += work;
    if (done < 2 * to.done() || nanos - to.nanos() < SHORTEST_NANOS) {
      return;
    }
    Mark now = new Mark(done, nanos);
    double rate = rate(to, now);
    settled =
        (settled && done >= LEAST_PART * planned)
            || earlier.filter(before -> agree(before, rate)).isPresent();
    earlier = Optional.of(rate);
    from = to;
    to = now;
  }

  private static boolean agree(double one, double other) {
    return Math.max(one, other) <= AGREEMENT * Math.min(one, other);
  }

  private static double rate(Mark from, Mark to) {
    return (to.done() - from.done()) / (to.nanos() - from.nanos());
  }

  /** Seconds until all is done, or {@link #UNKNOWN}. */
  double seconds(long nanos) {
    if (done < (settled ? LEAST_PART : GOOD_PART) * planned || nanos <= from.nanos()) {
      return UNKNOWN;
    }
    double rate = rate(from, new Mark(done, nanos));
    return rate > 0 ? Math.max(0, (planned - done) / rate / 1e9) : UNKNOWN;
  }
}
