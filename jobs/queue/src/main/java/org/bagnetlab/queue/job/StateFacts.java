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
    if (state instanceof JobState.Queued queued) {
      return waiting(queued.retriesWithoutProgress());
    }
    if (state instanceof JobState.Running running) {
      return working(
          running.startedAt(), running.cancelRequested(), running.retriesWithoutProgress());
    }
    if (state instanceof JobState.Pausing pausing) {
      return working(pausing.startedAt(), false, pausing.retriesWithoutProgress());
    }
    if (state instanceof JobState.Paused paused) {
      return ended(paused.startedAt(), paused.pausedAt(), Optional.of(paused.cause()), false);
    }
    if (state instanceof JobState.Interrupted interrupted) {
      return new StateFacts(
          Optional.of(interrupted.startedAt()),
          Optional.of(interrupted.interruptedAt()),
          Optional.of(interrupted.cause()),
          Optional.empty(),
          false,
          false,
          interrupted.retriesWithoutProgress(),
          Optional.of(interrupted.resumesAt()));
    }
    if (state instanceof JobState.Succeeded succeeded) {
      return ended(
          Optional.of(succeeded.startedAt()), succeeded.endedAt(), Optional.empty(), false);
    }
    if (state instanceof JobState.Failed failed) {
      return new StateFacts(
          failed.startedAt(),
          Optional.of(failed.endedAt()),
          Optional.empty(),
          Optional.of(failed.error()),
          false,
          false,
          0,
          Optional.empty());
    }
    JobState.Cancelled cancelled = (JobState.Cancelled) state;
    return ended(
        cancelled.startedAt(),
        cancelled.endedAt(),
        Optional.of(cancelled.cause()),
        cancelled.checkpoint());
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
    return error.map(JobError::message).or(() -> cause.map(CauseText::of));
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
