package org.bagnetlab.queue;

import java.time.Instant;

/** What can happen to a job. */
public sealed interface JobEvent {

  /** When it happened. */
  Instant at();

  /** Why the job's state changes, for people. */
  String cause();

  /** A device took it. */
  record Started(Instant at, String device) implements JobEvent {
    @Override
    public String cause() {
      return "started on " + device;
    }
  }

  /** Somebody wants it to stop, for good. */
  record CancelRequested(Instant at, String cause) implements JobEvent {}

  /** It waited to be compared with the other trials, and enough were better. */
  record Outdone(Instant at, String cause) implements JobEvent {}

  /** Somebody wants it to wait. */
  record PauseRequested(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "pause requested";
    }
  }

  /** It may go on. */
  record Resumed(Instant at, String cause) implements JobEvent {}

  /** It goes on by itself after an interruption. */
  record Retried(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "resumes by itself";
    }
  }

  /** It got further than before it was interrupted. */
  record Advanced(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "got on: earlier interruptions no longer count";
    }
  }

  /** The device that took it gave it back before it began. */
  record GivenBack(Instant at, String reason) implements JobEvent {
    @Override
    public String cause() {
      return reason;
    }
  }

  /** Nobody could be reached who gives its worker a place, which is not the job's fault. */
  record Unplaced(Instant at, String reason) implements JobEvent {
    @Override
    public String cause() {
      return reason;
    }
  }

  /** Its worker did all of it. */
  record Completed(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "the worker finished";
    }
  }

  /** Something went wrong; the error's family tells whether it can be done at all. */
  record Broke(Instant at, JobError error) implements JobEvent {
    @Override
    public String cause() {
      return error.message();
    }
  }

  /**
   * Its worker stopped as it was told to.
   *
   * @param checkpoint whether there is something to go on from
   */
  record Stopped(Instant at, boolean checkpoint) implements JobEvent {
    @Override
    public String cause() {
      return checkpoint
          ? "the worker stopped and left a checkpoint"
          : "the worker stopped; it left no checkpoint";
    }
  }

  /** Its worker stopped after the last epoch that it was to learn for now. */
  record RungReached(Instant at, int epoch) implements JobEvent {
    @Override
    public String cause() {
      return "waits after epoch %d to be compared with the other trials".formatted(epoch);
    }
  }

  /**
   * Its worker is gone without a word.
   *
   * @param counts whether that may be the job's fault, so that it must not happen for ever
   */
  record Lost(Instant at, String reason, boolean counts) implements JobEvent {
    @Override
    public String cause() {
      return reason;
    }
  }

  /**
   * Its server died, and its worker with it; the next server resumes it at once.
   *
   * @param counts whether that may be the job's fault, so that it must not happen for ever
   */
  record Orphaned(Instant at, String reason, boolean counts) implements JobEvent {
    @Override
    public String cause() {
      return reason;
    }
  }
}
