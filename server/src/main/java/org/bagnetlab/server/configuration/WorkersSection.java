package org.bagnetlab.server.configuration;

import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.job.RetryPolicy;
import org.bagnetlab.queue.run.WorkerLimits;

/**
 * Timeouts and retries of workers; missing values are those of {@link WorkerLimits#standard}.
 *
 * @param silence a worker that does not respond for this long is killed
 * @param stall a worker that makes no progress for this long is killed
 * @param grace how long a worker may take to stop when its job is paused or cancelled
 * @param checkpointEvery minimum time between two saved states of a training, from which it can
 *     resume
 * @param attempts maximum number of retries of an interrupted job that makes no progress
 * @param retryAfter time before the first retry; it doubles each time
 * @param startAhead whether a job's worker may be started while the previous job runs
 */
public record WorkersSection(
    Optional<Span> silence,
    Optional<Span> stall,
    Optional<Span> grace,
    Optional<Span> checkpointEvery,
    Optional<Integer> attempts,
    Optional<Span> retryAfter,
    Optional<Boolean> startAhead) {

  /** Checks the values. */
  public WorkersSection {
    if (tooShort(silence) || tooShort(stall)) {
      throw new IllegalArgumentException("silence and stall must be 1s or more");
    }
    if (attempts.filter(number -> number < 0 || number > 1000).isPresent()) {
      throw new IllegalArgumentException("attempts must be from 0 to 1000");
    }
  }

  private static boolean tooShort(Optional<Span> span) {
    return span.filter(given -> given.duration().compareTo(Duration.ofSeconds(1)) < 0).isPresent();
  }

  /** Whether workers are started ahead of their jobs, which is the default. */
  public boolean startsAhead() {
    return startAhead.orElse(true);
  }

  /** The limits with these settings. */
  public WorkerLimits limits() {
    WorkerLimits standard = WorkerLimits.standard();
    RetryPolicy retryPolicy = standard.retryPolicy();
    Duration retry = retryAfter.map(Span::duration).orElse(retryPolicy.first());
    return new WorkerLimits(
        silence.map(Span::duration).orElse(standard.silence()),
        stall.map(Span::duration).orElse(standard.stall()),
        grace.map(Span::duration).orElse(standard.cancelGrace()),
        grace.map(Span::duration).orElse(standard.stopGrace()),
        checkpointEvery.map(Span::duration).orElse(standard.checkpoints()),
        standard.keptAhead(),
        new RetryPolicy(
            attempts.orElse(retryPolicy.attempts()),
            retry,
            retryPolicy.longest().compareTo(retry) > 0 ? retryPolicy.longest() : retry),
        standard.logBytes());
  }
}
