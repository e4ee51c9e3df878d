package org.bagnetlab.queue.job;

import java.time.Instant;

/** An event that can happen to a job. */
public sealed interface JobEvent {

  /** When it happened. */
  Instant at();

  /** The reason for the job's change of state. */
  Cause cause();

  /** An event that can happen only while a worker runs the job. */
  sealed interface FromWorker extends JobEvent {}

  /** A device started it. */
  record Started(Instant at, String device) implements JobEvent {
    @Override
    public Cause cause() {
      return new Cause.Started(device);
    }
  }

  /** A user cancels it. */
  record CancelRequested(Instant at, Cause cause) implements JobEvent {}

  /** Other trials were better in the comparison for which it waited. */
  record Outdone(Instant at, Cause cause) implements JobEvent {}

  /** A user pauses it. */
  record PauseRequested(Instant at) implements JobEvent {
    @Override
    public Cause cause() {
      return Cause.Simple.PAUSE_REQUESTED;
    }
  }

  /** A user resumes it. */
  record Resumed(Instant at, Cause cause) implements JobEvent {}

  /** It is retried automatically after an interruption. */
  record Retried(Instant at) implements JobEvent {
    @Override
    public Cause cause() {
      return Cause.Simple.RETRIED;
    }
  }

  /** It progressed further than before the interruption. */
  record Advanced(Instant at) implements FromWorker {
    @Override
    public Cause cause() {
      return Cause.Simple.ADVANCED;
    }
  }

  /** The device that claimed it returned it to the queue before it began. */
  record GivenBack(Instant at, Cause cause) implements FromWorker {}

  /** It ran out of its share of a GPU's memory; it will run again with a GPU for itself. */
  record OutgrewShare(Instant at, Cause cause) implements FromWorker {}

  /** The launcher's scheduler was unreachable, which is not the job's fault. */
  record Unplaced(Instant at, Cause cause) implements FromWorker {}

  /** Its worker finished. */
  record Completed(Instant at) implements FromWorker {
    @Override
    public Cause cause() {
      return Cause.Simple.COMPLETED;
    }
  }

  /** It failed with an error; the error's family determines whether a retry can help. */
  record Broke(Instant at, JobError error) implements JobEvent {
    @Override
    public Cause cause() {
      return new Cause.Error(error.code(), error.message());
    }
  }

  /**
   * Its worker stopped as requested.
   *
   * @param checkpoint whether there is a state to resume from
   */
  record Stopped(Instant at, boolean checkpoint) implements FromWorker {
    @Override
    public Cause cause() {
      return Cause.stopped(checkpoint);
    }
  }

  /** The window in which its device runs jobs closed, so that its worker was stopped. */
  record WindowClosed(Instant at, Cause cause) implements FromWorker {}

  /** Its worker stopped after the last epoch of its assignment. */
  record RungReached(Instant at, int epoch) implements FromWorker {
    @Override
    public Cause cause() {
      return new Cause.RungReached(epoch);
    }
  }

  /**
   * Its worker ended without a final event.
   *
   * @param counts whether the job may be the cause, so that retries must be limited
   */
  record Lost(Instant at, Cause cause, boolean counts) implements FromWorker {}

  /**
   * Its server and its worker died; the next server resumes it immediately.
   *
   * @param counts whether the job may be the cause, so that retries must be limited
   */
  record Orphaned(Instant at, Cause cause, boolean counts) implements FromWorker {}
}
