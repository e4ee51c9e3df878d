package org.bagnetlab.worker.run;

import java.util.Optional;

/**
 * Estimates how long the rest of a job's work takes, once that is worth saying.
 *
 * <p>The first batches of a process are several times slower than those after them, while Java
 * compiles what they run. The rate is therefore that of the later half of the work so far, at
 * least, and nothing is said until a twentieth of the work is done and the rates of two stretches
 * of it agree, of which the second is as long as all before it, or until a fifth is done.
 */
final class TimeLeft {

  /** What is said until then. */
  static final double UNKNOWN = -1;

  /** Two rates agree if the higher is at most so many times the lower. */
  private static final double AGREEMENT = 1.25;

  /** Before this share of the work the first, slow batches may still agree with each other. */
  private static final double LEAST_PART = 0.05;

  /** After this share of the work the rate is taken as it is. */
  private static final double GOOD_PART = 0.2;

  /** A shorter stretch says nothing: it may be one batch. */
  private static final long SHORTEST_NANOS = 1_000_000_000;

  private double planned;
  private double done;

  /** Where the stretch that the rate is of began, and where the next one will. */
  private Mark from;

  private Mark to;
  private Optional<Double> earlier = Optional.empty();
  private boolean settled;

  /** So much work was done at this time. */
  private record Mark(double done, long nanos) {}

  /** All of the work is ahead. */
  TimeLeft(double planned, long nanos) {
    this.planned = planned;
    this.from = new Mark(0, nanos);
    this.to = from;
  }

  /** Takes back work that will not be done. */
  void skip(double work) {
    planned -= work;
  }

  /** More work was done by this time. */
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
