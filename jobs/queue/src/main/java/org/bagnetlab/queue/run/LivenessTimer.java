package org.bagnetlab.queue.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.job.Cause;

/** Measures how long a worker has sent nothing or made no progress. */
final class LivenessTimer {

  private final WorkerLimits limits;
  private final LongSupplier ticker;

  /** When the worker last sent anything. */
  private long lastHeardAt;

  /** When the worker last sent more than a heartbeat. */
  private long lastProgressAt;

  /**
   * Starts the timer.
   *
   * @param ticker time in nanoseconds from an arbitrary origin
   */
  LivenessTimer(WorkerLimits limits, LongSupplier ticker) {
    this.limits = limits;
    this.ticker = ticker;
    restart();
  }

  /** Restarts the timer, because the worker made progress or could not make any. */
  void restart() {
    lastHeardAt = ticker.getAsLong();
    lastProgressAt = lastHeardAt;
  }

  /** Records that the worker is alive, which does not count as progress. */
  void heartbeat() {
    lastHeardAt = ticker.getAsLong();
  }

  /** How often to check. */
  Duration interval() {
    Duration shortest =
        limits.silence().compareTo(limits.stall()) < 0 ? limits.silence() : limits.stall();
    return Duration.ofMillis(Math.max(1, shortest.toMillis() / 10));
  }

  /** Why the worker must be killed; empty if it need not be. */
  Optional<Cause> expired() {
    long now = ticker.getAsLong();
    if (now - lastHeardAt > limits.silence().toNanos()) {
      return Optional.of(new Cause.WorkerSilent(limits.silence().toMillis()));
    }
    return now - lastProgressAt > limits.stall().toNanos()
        ? Optional.of(new Cause.WorkerStalled(limits.stall().toMillis()))
        : Optional.empty();
  }
}
