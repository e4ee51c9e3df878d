package org.bagnetlab.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.job.Cause;

/** How long a worker has said nothing, or nothing new. */
final class Silence {

  private final WorkerLimits limits;
  private final LongSupplier ticker;

  /** When it last said anything. */
  private long heardAt;

  /** When it last said more than that it lives. */
  private long movedAt;

  /**
   * Begins.
   *
   * @param ticker tells the time in nanoseconds, from whenever
   */
  Silence(WorkerLimits limits, LongSupplier ticker) {
    this.limits = limits;
    this.ticker = ticker;
    restart();
  }

  /** What was until now does not count. */
  void restart() {
    heardAt = ticker.getAsLong();
    movedAt = heardAt;
  }

  /** The worker says that it lives. */
  void alive() {
    heardAt = ticker.getAsLong();
  }

  /** How often to look. */
  Duration interval() {
    Duration shortest =
        limits.silence().compareTo(limits.stall()) < 0 ? limits.silence() : limits.stall();
    return Duration.ofMillis(Math.max(1, shortest.toMillis() / 10));
  }

  /** Why the worker is to be killed; empty: it is not. */
  Optional<Cause> tooLong() {
    long now = ticker.getAsLong();
    if (now - heardAt > limits.silence().toNanos()) {
      return Optional.of(Cause.workerSilent(limits.silence()));
    }
    return now - movedAt > limits.stall().toNanos()
        ? Optional.of(Cause.workerStalled(limits.stall()))
        : Optional.empty();
  }
}
