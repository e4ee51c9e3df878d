package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The state of a job. Each state has only the fields that apply to it. */
public sealed interface JobState {

  /** The states by name, as stored and shown. */
  enum Name {
    QUEUED,
    RUNNING,
    PAUSING,
    PAUSED,
    INTERRUPTED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The names of the states of jobs that have not ended. */
    public static final List<String> OPEN = namesWhere(state -> !state.ended());

    /** Whether the job has ended; only a user's request can then change its state. */
    public boolean ended() {
      return switch (this) {
        case SUCCEEDED, FAILED, CANCELLED -> true;
        case QUEUED, RUNNING, PAUSING, PAUSED, INTERRUPTED -> false;
      };
    }

    /** Whether the job will progress without a request from a user. */
    public boolean active() {
      return !ended() && this != PAUSED;
    }

    /** The names of the states that satisfy a condition. */
    public static List<String> namesWhere(Predicate<Name> condition) {
      return Stream.of(values()).filter(condition).map(Name::name).toList();
    }

    /** Whether a worker runs the job. */
    public boolean working() {
      return this == RUNNING || this == PAUSING;
    }
  }

  /** The state's name. */
  default Name name() {
    return switch (this) {
      case Queued _ -> Name.QUEUED;
      case Running _ -> Name.RUNNING;
      case Pausing _ -> Name.PAUSING;
      case Paused _ -> Name.PAUSED;
      case Interrupted _ -> Name.INTERRUPTED;
      case Succeeded _ -> Name.SUCCEEDED;
      case Failed _ -> Name.FAILED;
      case Cancelled _ -> Name.CANCELLED;
    };
  }

  /**
   * The job waits for a device.
   *
   * @param retriesWithoutProgress how often it was interrupted since it last made progress
   */
  record Queued(int retriesWithoutProgress) implements JobState {}

  /**
   * A worker runs the job.
   *
   * @param cancellation why the worker was asked to stop; empty if it was not
   * @param retriesWithoutProgress how often it was interrupted since it last made progress
   */
  record Running(Instant startedAt, Optional<Cause> cancellation, int retriesWithoutProgress)
      implements JobState {

    /** Whether the worker was asked to stop. */
    public boolean cancelRequested() {
      return cancellation.isPresent();
    }
  }

  /**
   * The job's worker was asked to save a state to resume from and then stop.
   *
   * @param retriesWithoutProgress how often it was interrupted since it last made progress
   */
  record Pausing(Instant startedAt, int retriesWithoutProgress) implements JobState {}

  /**
   * The job waits until a user resumes it.
   *
   * @param startedAt empty if the job had not started
   * @param cause why it is paused
   */
  record Paused(Optional<Instant> startedAt, Instant pausedAt, Cause cause) implements JobState {}

  /**
   * The job's worker ended without a result, apparently through no fault of the job. The job will
   * be retried automatically.
   *
   * @param cause what ended the worker, and the worker's position
   * @param retriesWithoutProgress how often it was interrupted since it last made progress
   * @param resumesAt when it will be requeued
   */
  record Interrupted(
      Instant startedAt,
      Instant interruptedAt,
      Cause cause,
      int retriesWithoutProgress,
      Instant resumesAt)
      implements JobState {}

  /** The job is complete. */
  record Succeeded(Instant startedAt, Instant endedAt) implements JobState {}

  /**
   * The job failed and cannot be completed.
   *
   * @param startedAt empty if the job had not started
   */
  record Failed(Optional<Instant> startedAt, Instant endedAt, JobError error) implements JobState {}

  /**
   * The job was cancelled, by a user or because its result is not needed.
   *
   * @param startedAt empty if the job had not started
   * @param checkpoint whether it saved a state to resume from
   * @param cause why it was cancelled
   */
  record Cancelled(Optional<Instant> startedAt, Instant endedAt, boolean checkpoint, Cause cause)
      implements JobState {}
}
