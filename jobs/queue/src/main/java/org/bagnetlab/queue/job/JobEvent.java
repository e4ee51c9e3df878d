package org.bagnetlab.queue.job;

import java.time.Instant;

/** An event that can happen to a job. */
public sealed interface JobEvent {

  /** When it happened. */
  Instant at();

  /** Why the job's state changes. */
  Cause cause();

  /** An event that can happen only while a worker has the job. */
  sealed interface FromWorker extends JobEvent {}

  /** A device took it. */
  record Started(Instant at, String device) implements JobEvent {
    @Override
    public Cause cause() {
      return new Cause.Started(device);
    }
  }

  /** A user cancels it. */
  record CancelRequested(Instant at, Cause cause) implements JobEvent {}

  /** Other trials were better in the comparison that it waited for. */
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

  /** It got further than before the interruption. */
  record Advanced(Instant at) implements FromWorker {
    @Override
    public Cause cause() {
      return Cause.Simple.ADVANCED;
    }
  }

  /** The device that took it returned it before it began. */
  record GivenBack(Instant at, Cause cause) implements FromWorker {}

  /** The launcher's scheduler was unreachable, which is not the job's fault. */
  record Unplaced(Instant at, Cause cause) implements FromWorker {}

  /** Its worker finished. */
  record Completed(Instant at) implements FromWorker {
    @Override
    public Cause cause() {
      return Cause.Simple.COMPLETED;
    }
  }

  /** It failed with an error, whose family determines whether a retry can help. */
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

  /** Its worker stopped after the last epoch that it was assigned. */
  record RungReached(Instant at, int epoch) implements FromWorker {
    @Override
    public Cause cause() {
      return new Cause.RungReached(epoch);
    }
  }

  /**
   * Its worker ended without reporting an end.
   *
   * @param counts whether the job may be the cause, so that retries must be limited
   */
  record Lost(Instant at, Cause cause, boolean counts) implements FromWorker {}

  /**
   * Its server died, and its worker too; the next server resumes it immediately.
   *
   * @param counts whether the job may be the cause, so that retries must be limited
   */
  record Orphaned(Instant at, Cause cause, boolean counts) implements FromWorker {}
}
