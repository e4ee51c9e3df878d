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
 * The complete lifecycle of a job, as one pure function.
 *
 * @param retryPolicy for interrupted jobs
 */
public record Lifecycle(RetryPolicy retryPolicy) {

  private static final Cause PAUSED = Cause.Simple.PAUSED;

  /**
   * The state after an event.
   *
   * @throws IllegalTransition if the event cannot happen in this state
   */
  public JobState transition(JobState state, JobEvent event) {
    return switch (state) {
      case Queued queued -> whileQueued(queued, event);
      case Running running -> whileRunning(running, event);
      case Pausing pausing -> whilePausing(pausing, event);
      case Paused paused -> whilePaused(paused, event);
      case Interrupted interrupted -> whileInterrupted(interrupted, event);
      case Failed _, Cancelled _ when event instanceof JobEvent.Resumed -> new Queued(0);
      case Failed _, Cancelled _, Succeeded _ -> throw new IllegalTransition(state, event);
    };
  }

  private static JobState whileQueued(Queued queued, JobEvent event) {
    return switch (event) {
      case JobEvent.Started started ->
          new Running(started.at(), Optional.empty(), queued.retriesWithoutProgress());
      case JobEvent.CancelRequested(Instant at, Cause cause) ->
          new Cancelled(Optional.empty(), at, false, cause);
      case JobEvent.PauseRequested(Instant at) -> new Paused(Optional.empty(), at, PAUSED);
      case JobEvent.Broke(Instant at, JobError error) -> new Failed(Optional.empty(), at, error);
      case JobEvent.FromWorker _, JobEvent.Outdone _, JobEvent.Resumed _, JobEvent.Retried _ ->
          throw new IllegalTransition(queued, event);
    };
  }

  private JobState whileRunning(Running running, JobEvent event) {
    Instant start = running.startedAt();
    return switch (event) {
      case JobEvent.CancelRequested(_, Cause cause) ->
          new Running(
              start,
              running.cancellation().or(() -> Optional.of(cause)),
              running.retriesWithoutProgress());
      case JobEvent.PauseRequested _ when !running.cancelRequested() ->
          new Pausing(start, running.retriesWithoutProgress());
      case JobEvent.Advanced _ -> new Running(start, running.cancellation(), 0);
      case JobEvent.Completed(Instant at) -> new Succeeded(start, at);
      case JobEvent.Broke(Instant at, JobError error) when !error.family().retried() ->
          new Failed(Optional.of(start), at, error);
      case JobEvent _ when running.cancellation().isPresent() ->
          cancelled(running, running.cancellation().get(), event);
      case JobEvent.Broke broke ->
          interrupted(running, broke.at(), broke.cause(), broke.error(), true);
      // Only a server that is shutting down requests this stop.
      case JobEvent.Stopped stopped ->
          lost(running, stopped.at(), Cause.Simple.SERVER_STOPPED, false);
      case JobEvent.RungReached rung -> new Paused(Optional.of(start), rung.at(), rung.cause());
      case JobEvent.GivenBack _, JobEvent.OutgrewShare _, JobEvent.WindowClosed _ ->
          new Queued(running.retriesWithoutProgress());
      case JobEvent.Lost(Instant at, Cause cause, boolean counts) ->
          lost(running, at, cause, counts);
      case JobEvent.Orphaned orphaned -> orphaned(running, orphaned);
      case JobEvent.Unplaced unplaced -> waiting(running, unplaced);
      case JobEvent.Outdone _,
          JobEvent.PauseRequested _,
          JobEvent.Resumed _,
          JobEvent.Retried _,
          JobEvent.Started _ ->
          throw new IllegalTransition(running, event);
    };
  }

  /** Retries without limit, but after a delay, so that many jobs do not retry at the same time. */
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
    JobError error = JobError.internal("worker-lost", cause.text());
    return interrupted(running, at, cause, error, counts);
  }

  /**
   * Resumes a job without delay and before all others, because it was running when its server died.
   */
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

  /** Cancels a job if that was requested, regardless of how its worker ends. */
  private static JobState cancelled(Running running, Cause why, JobEvent event) {
    Optional<Instant> start = Optional.of(running.startedAt());
    return switch (event) {
      case JobEvent.Stopped stopped ->
          new Cancelled(start, stopped.at(), stopped.checkpoint(), why);
      case JobEvent.RungReached rung -> new Cancelled(start, rung.at(), true, why);
      case JobEvent.GivenBack back ->
          new Cancelled(Optional.empty(), back.at(), false, Cause.Simple.CANCELLED_BEFORE_START);
      case JobEvent.Lost _,
          JobEvent.Orphaned _,
          JobEvent.Unplaced _,
          JobEvent.OutgrewShare _,
          JobEvent.WindowClosed _,
          JobEvent.Broke _ ->
          new Cancelled(start, event.at(), false, why);
      case JobEvent.Advanced _,
          JobEvent.CancelRequested _,
          JobEvent.Completed _,
          JobEvent.Outdone _,
          JobEvent.PauseRequested _,
          JobEvent.Resumed _,
          JobEvent.Retried _,
          JobEvent.Started _ ->
          throw new IllegalTransition(running, event);
    };
  }

  private static JobState whilePausing(Pausing pausing, JobEvent event) {
    Instant start = pausing.startedAt();
    return switch (event) {
      case JobEvent.CancelRequested(_, Cause cause) ->
          new Running(start, Optional.of(cause), pausing.retriesWithoutProgress());
      case JobEvent.Advanced _ -> new Pausing(start, 0);
      case JobEvent.Completed(Instant at) -> new Succeeded(start, at);
      case JobEvent.Broke(Instant at, JobError error) when !error.family().retried() ->
          new Failed(Optional.of(start), at, error);
      case JobEvent.GivenBack back -> new Paused(Optional.empty(), back.at(), PAUSED);
      case JobEvent.Stopped _,
          JobEvent.RungReached _,
          JobEvent.Lost _,
          JobEvent.Orphaned _,
          JobEvent.Unplaced _,
          JobEvent.OutgrewShare _,
          JobEvent.WindowClosed _,
          JobEvent.Broke _ ->
          new Paused(Optional.of(start), event.at(), new Cause.PausedAfterRun(event.cause()));
      case JobEvent.Outdone _,
          JobEvent.PauseRequested _,
          JobEvent.Resumed _,
          JobEvent.Retried _,
          JobEvent.Started _ ->
          throw new IllegalTransition(pausing, event);
    };
  }

  private static JobState whilePaused(Paused paused, JobEvent event) {
    return switch (event) {
      case JobEvent.Resumed _ -> new Queued(0);
      case JobEvent.CancelRequested _, JobEvent.Outdone _ ->
          new Cancelled(
              paused.startedAt(), event.at(), paused.startedAt().isPresent(), event.cause());
      case JobEvent.FromWorker _,
          JobEvent.Broke _,
          JobEvent.PauseRequested _,
          JobEvent.Retried _,
          JobEvent.Started _ ->
          throw new IllegalTransition(paused, event);
    };
  }

  private static JobState whileInterrupted(Interrupted interrupted, JobEvent event) {
    Optional<Instant> start = Optional.of(interrupted.startedAt());
    return switch (event) {
      case JobEvent.Retried _ -> new Queued(interrupted.retriesWithoutProgress());
      case JobEvent.Resumed _ -> new Queued(0);
      case JobEvent.PauseRequested(Instant at) -> new Paused(start, at, PAUSED);
      case JobEvent.CancelRequested request ->
          new Cancelled(
              start,
              request.at(),
              false,
              new Cause.CancelledAfterInterruption(interrupted.cause()));
      case JobEvent.FromWorker _, JobEvent.Broke _, JobEvent.Outdone _, JobEvent.Started _ ->
          throw new IllegalTransition(interrupted, event);
    };
  }
}
