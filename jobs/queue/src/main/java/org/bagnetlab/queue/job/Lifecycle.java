package org.bagnetlab.queue.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState.Cancelled;
import org.bagnetlab.queue.job.JobState.Failed;
import org.bagnetlab.queue.job.JobState.Interrupted;
import org.bagnetlab.queue.job.JobState.Paused;
import org.bagnetlab.queue.job.JobState.Pausing;
import org.bagnetlab.queue.job.JobState.Queued;
import org.bagnetlab.queue.job.JobState.Running;
import org.bagnetlab.queue.job.JobState.Succeeded;

/**
 * The whole life of a job, as one pure function.
 *
 * @param retryPolicy for jobs that are interrupted
 */
public record Lifecycle(RetryPolicy retryPolicy) {

  private static final Cause NOT_STARTED = Cause.of(CauseCode.CANCELLED_BEFORE_START);
  private static final Cause PAUSED = Cause.of(CauseCode.PAUSED);

  /**
   * The state after an event.
   *
   * @throws IllegalTransition if the event cannot happen in this state
   */
  public JobState transition(JobState state, JobEvent event) {
    Optional<JobState> after = Optional.empty();
    if (state instanceof Queued queued) {
      after = whileQueued(queued, event);
    } else if (state instanceof Running running) {
      after = whileRunning(running, event);
    } else if (state instanceof Pausing pausing) {
      after = whilePausing(pausing, event);
    } else if (state instanceof Paused paused) {
      after = whilePaused(paused, event);
    } else if (state instanceof Interrupted interrupted) {
      after = whileInterrupted(interrupted, event);
    } else if (state instanceof Failed || state instanceof Cancelled) {
      after = event instanceof JobEvent.Resumed ? Optional.of(new Queued(0)) : Optional.empty();
    }
    return after.orElseThrow(() -> new IllegalTransition(state, event));
  }

  private static Optional<JobState> whileQueued(Queued queued, JobEvent event) {
    if (event instanceof JobEvent.Started started) {
      return Optional.of(new Running(started.at(), false, queued.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.CancelRequested request) {
      return Optional.of(new Cancelled(Optional.empty(), request.at(), false, request.cause()));
    }
    if (event instanceof JobEvent.PauseRequested request) {
      return Optional.of(new Paused(Optional.empty(), request.at(), PAUSED));
    }
    if (event instanceof JobEvent.Broke broke) {
      return Optional.of(new Failed(Optional.empty(), broke.at(), broke.error()));
    }
    return Optional.empty();
  }

  private Optional<JobState> whileRunning(Running running, JobEvent event) {
    Instant start = running.startedAt();
    if (event instanceof JobEvent.CancelRequested) {
      return Optional.of(new Running(start, true, running.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.PauseRequested && !running.cancelRequested()) {
      return Optional.of(new Pausing(start, running.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.Advanced) {
      return Optional.of(new Running(start, running.cancelRequested(), 0));
    }
    if (event instanceof JobEvent.Completed completed) {
      return Optional.of(new Succeeded(start, completed.at()));
    }
    if (event instanceof JobEvent.Broke broke && !broke.error().family().retried()) {
      return Optional.of(new Failed(Optional.of(start), broke.at(), broke.error()));
    }
    if (running.cancelRequested()) {
      return cancelled(running, event);
    }
    if (event instanceof JobEvent.Broke broke) {
      return Optional.of(interrupted(running, broke.at(), broke.cause(), broke.error(), true));
    }
    if (event instanceof JobEvent.Stopped stopped) {
      // Requested only by the server, which is shutting down.
      return Optional.of(lost(running, stopped.at(), Cause.of(CauseCode.SERVER_STOPPED), false));
    }
    if (event instanceof JobEvent.RungReached rung) {
      return Optional.of(new Paused(Optional.of(start), rung.at(), rung.cause()));
    }
    if (event instanceof JobEvent.GivenBack) {
      return Optional.of(new Queued(running.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.Lost gone) {
      return Optional.of(lost(running, gone.at(), gone.cause(), gone.counts()));
    }
    if (event instanceof JobEvent.Orphaned orphaned) {
      return Optional.of(orphaned(running, orphaned));
    }
    if (event instanceof JobEvent.Unplaced unplaced) {
      return Optional.of(waiting(running, unplaced));
    }
    return Optional.empty();
  }

  /** Retries without limit, but with a delay, so that many jobs do not ask at the same time. */
  private JobState waiting(Running running, JobEvent.Unplaced event) {
    Duration delay = retryPolicy.delay(Math.max(1, running.retriesWithoutProgress()));
    return new Interrupted(
        running.startedAt(),
        event.at(),
        event.cause(),
        running.retriesWithoutProgress(),
        event.at().plus(delay));
  }

  private JobState lost(Running running, Instant at, Cause cause, boolean counts) {
    JobError error = JobError.internal("worker-lost", CauseText.of(cause));
    return interrupted(running, at, cause, error, counts);
  }

  /** It ran when its server died, so it runs again before anything else does. */
  private JobState orphaned(Running running, JobEvent.Orphaned event) {
    JobState after = lost(running, event.at(), event.cause(), event.counts());
    return after instanceof Interrupted interrupted
        ? new Interrupted(
            interrupted.startedAt(),
            event.at(),
            event.cause(),
            interrupted.retriesWithoutProgress(),
            event.at())
        : after;
  }

  /** Retries a job automatically, up to the policy's limit. */
  private JobState interrupted(
      Running running, Instant at, Cause cause, JobError error, boolean counts) {
    int retriesWithoutProgress = running.retriesWithoutProgress() + (counts ? 1 : 0);
    if (retryPolicy.allows(retriesWithoutProgress)) {
      return new Interrupted(
          running.startedAt(),
          at,
          cause,
          retriesWithoutProgress,
          at.plus(retryPolicy.delay(retriesWithoutProgress)));
    }
    String message =
        "Interrupted %d times without progress. Last interruption: %s"
            .formatted(retriesWithoutProgress, error.message());
    return new Failed(
        Optional.of(running.startedAt()),
        at,
        new JobError(error.family(), error.code(), message, error.field()));
  }

  /** A job whose cancellation was requested is cancelled however its worker ends. */
  private static Optional<JobState> cancelled(Running running, JobEvent event) {
    Optional<Instant> start = Optional.of(running.startedAt());
    if (event instanceof JobEvent.Stopped stopped) {
      return Optional.of(new Cancelled(start, stopped.at(), stopped.checkpoint(), stopped.cause()));
    }
    if (event instanceof JobEvent.RungReached rung) {
      return Optional.of(new Cancelled(start, rung.at(), true, Cause.stopped(true)));
    }
    if (event instanceof JobEvent.GivenBack back) {
      return Optional.of(new Cancelled(Optional.empty(), back.at(), false, NOT_STARTED));
    }
    if (event instanceof JobEvent.Lost
        || event instanceof JobEvent.Orphaned
        || event instanceof JobEvent.Unplaced
        || event instanceof JobEvent.Broke) {
      return Optional.of(new Cancelled(start, event.at(), false, event.cause()));
    }
    return Optional.empty();
  }

  private static Optional<JobState> whilePausing(Pausing pausing, JobEvent event) {
    Instant start = pausing.startedAt();
    if (event instanceof JobEvent.CancelRequested) {
      return Optional.of(new Running(start, true, pausing.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.Advanced) {
      return Optional.of(new Pausing(start, 0));
    }
    if (event instanceof JobEvent.Completed completed) {
      return Optional.of(new Succeeded(start, completed.at()));
    }
    if (event instanceof JobEvent.Broke broke && !broke.error().family().retried()) {
      return Optional.of(new Failed(Optional.of(start), broke.at(), broke.error()));
    }
    if (event instanceof JobEvent.GivenBack back) {
      return Optional.of(new Paused(Optional.empty(), back.at(), PAUSED));
    }
    if (event instanceof JobEvent.Stopped
        || event instanceof JobEvent.RungReached
        || event instanceof JobEvent.Lost
        || event instanceof JobEvent.Orphaned
        || event instanceof JobEvent.Unplaced
        || event instanceof JobEvent.Broke) {
      return Optional.of(
          new Paused(Optional.of(start), event.at(), Cause.pausedAfterRun(event.cause())));
    }
    return Optional.empty();
  }

  private static Optional<JobState> whilePaused(Paused paused, JobEvent event) {
    if (event instanceof JobEvent.Resumed) {
      return Optional.of(new Queued(0));
    }
    return event instanceof JobEvent.CancelRequested || event instanceof JobEvent.Outdone
        ? Optional.of(
            new Cancelled(
                paused.startedAt(), event.at(), paused.startedAt().isPresent(), event.cause()))
        : Optional.empty();
  }

  private static Optional<JobState> whileInterrupted(Interrupted interrupted, JobEvent event) {
    if (event instanceof JobEvent.Retried) {
      return Optional.of(new Queued(interrupted.retriesWithoutProgress()));
    }
    if (event instanceof JobEvent.Resumed) {
      return Optional.of(new Queued(0));
    }
    if (event instanceof JobEvent.PauseRequested request) {
      return Optional.of(new Paused(Optional.of(interrupted.startedAt()), request.at(), PAUSED));
    }
    if (event instanceof JobEvent.CancelRequested request) {
      return Optional.of(
          new Cancelled(
              Optional.of(interrupted.startedAt()),
              request.at(),
              false,
              Cause.cancelledAfterInterruption(interrupted.cause())));
    }
    return Optional.empty();
  }
}
