package org.bagnetlab.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * A state laid flat, for rows and JSON: what a state does not carry is empty.
 *
 * @param startedAt when its worker started
 * @param endedAt when it ended
 * @param reason why it ended so
 * @param error why it failed
 * @param cancelRequested whether its worker was told to stop
 * @param checkpoint whether a cancelled job left a checkpoint
 */
public record StateFacts(
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<String> reason,
    Optional<JobError> error,
    boolean cancelRequested,
    boolean checkpoint) {

  private static final StateFacts NONE =
      new StateFacts(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);

  /** What a state carries. */
  public static StateFacts of(JobState state) {
    if (state instanceof JobState.Queued) {
      return NONE;
    }
    if (state instanceof JobState.Running running) {
      return new StateFacts(
          Optional.of(running.startedAt()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          running.cancelRequested(),
          false);
    }
    if (state instanceof JobState.Interrupted interrupted) {
      return ended(Optional.of(interrupted.startedAt()), interrupted.endedAt())
          .because(interrupted.reason());
    }
    if (state instanceof JobState.Succeeded succeeded) {
      return ended(Optional.of(succeeded.startedAt()), succeeded.endedAt());
    }
    if (state instanceof JobState.Failed failed) {
      return new StateFacts(
          Optional.of(failed.startedAt()),
          Optional.of(failed.endedAt()),
          Optional.of(failed.error().message()),
          Optional.of(failed.error()),
          false,
          false);
    }
    JobState.Cancelled cancelled = (JobState.Cancelled) state;
    return new StateFacts(
        cancelled.startedAt(),
        Optional.of(cancelled.endedAt()),
        Optional.of(cancelled.reason()),
        Optional.empty(),
        false,
        cancelled.checkpoint());
  }

  private static StateFacts ended(Optional<Instant> startedAt, Instant endedAt) {
    return new StateFacts(
        startedAt, Optional.of(endedAt), Optional.empty(), Optional.empty(), false, false);
  }

  private StateFacts because(String why) {
    return new StateFacts(startedAt, endedAt, Optional.of(why), error, cancelRequested, checkpoint);
  }

  /** The state of this name that carries this. */
  JobState state(JobState.Name name) {
    return switch (name) {
      case QUEUED -> new JobState.Queued();
      case RUNNING -> new JobState.Running(start(), cancelRequested);
      case INTERRUPTED -> new JobState.Interrupted(start(), end(), reason.orElse(""));
      case SUCCEEDED -> new JobState.Succeeded(start(), end());
      case FAILED -> new JobState.Failed(start(), end(), error.orElseThrow());
      case CANCELLED ->
          new JobState.Cancelled(startedAt, end(), checkpoint, reason.orElse("cancelled"));
    };
  }

  private Instant start() {
    return startedAt.orElseThrow();
  }

  private Instant end() {
    return endedAt.orElseThrow();
  }
}
