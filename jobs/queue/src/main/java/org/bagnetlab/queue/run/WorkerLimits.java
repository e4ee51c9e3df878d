package org.bagnetlab.queue.run;

import java.time.Duration;
import org.bagnetlab.queue.job.RetryPolicy;

/**
 * Timeouts of workers and retries of their jobs.
 *
 * @param silence a worker that does not respond for this long is killed
 * @param stall a worker that makes no progress for this long is killed
 * @param cancelGrace how long a worker may take to stop when its job is cancelled or paused
 * @param stopGrace how long a worker may take to stop when the server stops
 * @param checkpoints minimum time between two states that a training writes for resuming
 * @param keptAhead how long a worker that was started ahead is kept while no job waits for it
 * @param retryPolicy for interrupted jobs
 * @param logBytes maximum size of a job's log in bytes
 */
public record WorkerLimits(
    Duration silence,
    Duration stall,
    Duration cancelGrace,
    Duration stopGrace,
    Duration checkpoints,
    Duration keptAhead,
    RetryPolicy retryPolicy,
    long logBytes) {

  /** The limits for production. */
  public static WorkerLimits standard() {
    return new WorkerLimits(
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        RetryPolicy.standard(),
        16L << 20);
  }
}
