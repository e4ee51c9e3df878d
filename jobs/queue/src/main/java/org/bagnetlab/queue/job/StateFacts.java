package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A state as flat fields, for rows and JSON: fields that a state does not have are empty.
 *
 * @param startedAt when its worker started
 * @param endedAt when its worker, or the job, ended
 * @param cause why it is waiting or how it ended; empty if there is an error
 * @param error why it failed
 * @param cancelRequested whether its worker was asked to stop
 * @param checkpoint whether a cancelled job saved a state to resume from
 * @param retriesWithoutProgress how often it was interrupted since it last made progress
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

  /** What a state carries. */
  public static StateFacts of(JobState state) {
    return switch (state) {
      case JobState.Queued(int retriesWithoutProgress) -> waiting(retriesWithoutProgress);
      case JobState.Running(
              Instant startedAt,
              boolean cancelRequested,
              int retriesWithoutProgress) ->
          working(startedAt, cancelRequested, retriesWithoutProgress);
      case JobState.Pausing(Instant startedAt, int retriesWithoutProgress) ->
          working(startedAt, false, retriesWithoutProgress);
      case JobState.Paused(Optional<Instant> startedAt, Instant pausedAt, Cause cause) ->
          ended(startedAt, pausedAt, Optional.of(cause), false);
      case JobState.Interrupted interrupted ->
          new StateFacts(
              Optional.of(interrupted.startedAt()),
              Optional.of(interrupted.interruptedAt()),
              Optional.of(interrupted.cause()),
              Optional.empty(),
              false,
              false,
              interrupted.retriesWithoutProgress(),
              Optional.of(interrupted.resumesAt()));
      case JobState.Succeeded(Instant startedAt, Instant endedAt) ->
          ended(Optional.of(startedAt), endedAt, Optional.empty(), false);
      case JobState.Failed(Optional<Instant> startedAt, Instant endedAt, JobError error) ->
          new StateFacts(
              startedAt,
              Optional.of(endedAt),
              Optional.empty(),
              Optional.of(error),
              false,
              false,
              0,
              Optional.empty());
      case JobState.Cancelled cancelled ->
          ended(
              cancelled.startedAt(),
              cancelled.endedAt(),
              Optional.of(cancelled.cause()),
              cancelled.checkpoint());
    };
  }

  private static StateFacts waiting(int retriesWithoutProgress) {
    return new StateFacts(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        retriesWithoutProgress,
        Optional.empty());
  }

  private static StateFacts working(
      Instant startedAt, boolean cancelRequested, int retriesWithoutProgress) {
    return new StateFacts(
        Optional.of(startedAt),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        cancelRequested,
        false,
        retriesWithoutProgress,
        Optional.empty());
  }

  private static StateFacts ended(
      Optional<Instant> startedAt, Instant endedAt, Optional<Cause> cause, boolean checkpoint) {
    return new StateFacts(
        startedAt,
        Optional.of(endedAt),
        cause,
        Optional.empty(),
        false,
        checkpoint,
        0,
        Optional.empty());
  }

  /** The same for people. */
  public Optional<String> reason() {
    return error.map(JobError::message).or(() -> cause.map(Cause::text));
  }

  /** The state of this name that carries this. */
  public JobState state(JobState.Name name) {
    return switch (name) {
      case QUEUED -> new JobState.Queued(retriesWithoutProgress);
      case RUNNING -> new JobState.Running(start(), cancelRequested, retriesWithoutProgress);
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

  private Instant start() {
    return startedAt.orElseThrow();
  }

  private Instant end() {
    return endedAt.orElseThrow();
  }
}
