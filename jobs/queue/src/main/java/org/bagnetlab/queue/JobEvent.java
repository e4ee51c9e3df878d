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

  /** Somebody wants it to stop. */
  record CancelRequested(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "cancel requested";
    }
  }

  /** Somebody wants it to run again. */
  record Resumed(Instant at) implements JobEvent {
    @Override
    public String cause() {
      return "resumed from the start";
    }
  }

  /** The device that took it gave it back before it began. */
  record GivenBack(Instant at, String reason) implements JobEvent {
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

  /** It turned out that it cannot be done. */
  record Broke(Instant at, JobError error) implements JobEvent {
    @Override
    public String cause() {
      return error.message();
    }
  }

  /**
   * Its worker stopped as it was told to.
   *
   * @param checkpoint whether it left a checkpoint
   */
  record Stopped(Instant at, boolean checkpoint) implements JobEvent {
    @Override
    public String cause() {
      return checkpoint
          ? "the worker stopped and left a checkpoint"
          : "the worker stopped; it left no checkpoint";
    }
  }

  /** Its worker is gone without a word. */
  record Lost(Instant at, String reason) implements JobEvent {
    @Override
    public String cause() {
      return reason;
    }
  }
}
