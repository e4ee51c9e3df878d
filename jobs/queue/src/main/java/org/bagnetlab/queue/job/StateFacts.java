package org.bagnetlab.queue.job;

import static java.util.Optional.empty;

import java.time.Instant;
import java.util.Optional;

/**
 * A state as flat fields, for database rows and JSON. Fields that do not apply to a state are
 * empty.
 *
 * @param startedAt when the worker started
 * @param endedAt when the worker, or the job, ended
 * @param cause why the job is waiting, is being cancelled, or ended; empty if there is an error
 * @param error why the job failed
 * @param cancelRequested whether the worker was asked to stop
 * @param checkpoint whether a cancelled job saved a state to resume from
 * @param retriesWithoutProgress how often the job was interrupted since it last made progress
 * @param resumesAt when an interrupted job is requeued
 */
public record StateFacts(
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Cause> cause,
    Optional<JobError> error,
    boolean cancelRequested,
    boolean checkpoint,
    int retriesWithoutProgress,
    Optional<Instant> resumesAt) {

  /** The facts of a state. */
  public static StateFacts of(JobState state) {
    return switch (state) {
      case JobState.Queued(int retries) -> unended(empty(), empty(), retries);
      case JobState.Running(Instant start, Optional<Cause> cancellation, int retries) ->
          unended(Optional.of(start), cancellation, retries);
      case JobState.Pausing(Instant start, int retries) ->
          unended(Optional.of(start), empty(), retries);
      case JobState.Paused(Optional<Instant> start, Instant end, Cause cause) ->
          ended(start, end, Optional.of(cause), empty(), false);
      case JobState.Interrupted(
              Instant start,
              Instant end,
              Cause cause,
              int retries,
              Instant resumesAt) ->
          new StateFacts(
              Optional.of(start),
              Optional.of(end),
              Optional.of(cause),
              empty(),
              false,
              false,
              retries,
              Optional.of(resumesAt));
      case JobState.Succeeded(Instant start, Instant end) ->
          ended(Optional.of(start), end, empty(), empty(), false);
      case JobState.Failed(Optional<Instant> start, Instant end, JobError error) ->
          ended(start, end, empty(), Optional.of(error), false);
      case JobState.Cancelled(
              Optional<Instant> start,
              Instant end,
              boolean checkpoint,
              Cause cause) ->
          ended(start, end, Optional.of(cause), empty(), checkpoint);
    };
  }

  private static StateFacts unended(
      Optional<Instant> start, Optional<Cause> cancellation, int retries) {
    return new StateFacts(
        start, empty(), cancellation, empty(), cancellation.isPresent(), false, retries, empty());
  }

  private static StateFacts ended(
      Optional<Instant> start,
      Instant end,
      Optional<Cause> cause,
      Optional<JobError> error,
      boolean checkpoint) {
    return new StateFacts(start, Optional.of(end), cause, error, false, checkpoint, 0, empty());
  }

  /** The state with this name and these facts. */
  public JobState state(JobState.Name name) {
    return switch (name) {
      case QUEUED -> new JobState.Queued(retriesWithoutProgress);
      case RUNNING -> new JobState.Running(start(), cancellation(), retriesWithoutProgress);
      case PAUSING -> new JobState.Pausing(start(), retriesWithoutProgress);
      case PAUSED -> new JobState.Paused(startedAt, end(), cause.orElseThrow());
      case INTERRUPTED ->
          new JobState.Interrupted(
              start(), end(), cause.orElseThrow(), retriesWithoutProgress, resumesAt.orElse(end()));
      case SUCCEEDED -> new JobState.Succeeded(start(), end());
      case FAILED -> new JobState.Failed(startedAt, end(), error.orElseThrow());
      case CANCELLED -> new JobState.Cancelled(startedAt, end(), checkpoint, cause.orElseThrow());
    };
  }

  /** The first version of the schema did not store why a running job is being cancelled. */
  private Optional<Cause> cancellation() {
    return cancelRequested ? Optional.of(cause.orElse(Cause.Simple.CANCEL_REQUESTED)) : empty();
  }

  private Instant start() {
    return startedAt.orElseThrow();
  }

  private Instant end() {
    return endedAt.orElseThrow();
  }
}
