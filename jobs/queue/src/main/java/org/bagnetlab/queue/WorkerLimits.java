package org.bagnetlab.queue;

import java.time.Duration;

/**
 * How long the supervisor is patient.
 *
 * @param silence a worker that says nothing for this long is killed
 * @param stall a worker that lives, but gets on with nothing for this long, is killed
 * @param cancelGrace how long a worker may take to stop when its job is cancelled or paused
 * @param stopGrace how long a worker may take to stop when the server stops
 * @param checkpoints time between two states that a training leaves to go on from, at least
 * @param patience with jobs that are interrupted
 * @param logBytes size of a job's log at most
 */
public record WorkerLimits(
    Duration silence,
    Duration stall,
    Duration cancelGrace,
    Duration stopGrace,
    Duration checkpoints,
    Patience patience,
    long logBytes) {

  /** For real work. */
  public static WorkerLimits standard() {
    return new WorkerLimits(
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Patience.standard(),
        16L << 20);
  }
}
