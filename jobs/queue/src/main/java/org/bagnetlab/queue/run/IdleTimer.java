package org.bagnetlab.queue.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.rule.IdleRule;

/** Measures which share of its device a worker used lately. */
final class IdleTimer {

  /** A window of which less than this share was measured tells nothing. */
  private static final double MEASURED = 0.5;

  /**
   * A point in time, with how much was used until then.
   *
   * @param at time in nanoseconds from an arbitrary origin
   * @param used seconds for which the device was used, from an arbitrary origin
   * @param measured seconds for which that is known, from an arbitrary origin
   */
  private record Sample(long at, double used, double measured) {}

  private final IdleRule rule;
  private final Deque<Sample> samples = new ArrayDeque<>();

  IdleTimer(IdleRule rule) {
    this.rule = rule;
  }

  /**
   * Adds a measurement; its parameters are those of {@link Sample}.
   *
   * @return why the job is found; empty if it is not
   */
  Optional<Cause> add(long at, double used, double measured) {
    Sample now = new Sample(at, used, measured);
    Sample start = samples.isEmpty() ? now : samples.getFirst();
    while (!samples.isEmpty() && isOld(samples.getFirst(), now)) {
      start = samples.removeFirst();
    }
    if (!isOld(start, now)) {
      samples.addLast(now);
      return Optional.empty();
    }
    samples.addFirst(start);
    samples.addLast(now);
    double seconds = now.measured() - start.measured();
    double share = (now.used() - start.used()) / seconds;
    return seconds >= MEASURED * rule.lasting().toNanos() / 1e9 && share < rule.below()
        ? Optional.of(new Cause.Idle(share, rule.lasting().toMillis()))
        : Optional.empty();
  }

  private boolean isOld(Sample sample, Sample now) {
    return now.at() - sample.at() >= rule.lasting().toNanos();
  }

  /** Forgets what was measured, because the worker could not use its device. */
  void restart() {
    samples.clear();
  }
}
