package org.bagnetlab.queue;

import java.time.Instant;
import java.util.Optional;

/** Where a job stands; every case carries just what is true of it. */
public sealed interface JobState {

  /** The states by name, as stored and shown. */
  enum Name {
    QUEUED,
    RUNNING,
    INTERRUPTED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing happens to the job any more unless somebody asks for it. */
    public boolean ended() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** The state's name. */
  Name name();

  /** Waits for a device. */
  record Queued() implements JobState {
    @Override
    public Name name() {
      return Name.QUEUED;
    }
  }

  /**
   * A worker has it.
   *
   * @param cancelRequested whether the worker was told to stop
   */
  record Running(Instant startedAt, boolean cancelRequested) implements JobState {
    @Override
    public Name name() {
      return Name.RUNNING;
    }
  }

  /**
   * Its worker ended without a result, through no fault that the job shows.
   *
   * @param reason what ended it, and how far it was
   */
  record Interrupted(Instant startedAt, Instant endedAt, String reason) implements JobState {
    @Override
    public Name name() {
      return Name.INTERRUPTED;
    }
  }

  /** All was done. */
  record Succeeded(Instant startedAt, Instant endedAt) implements JobState {
    @Override
    public Name name() {
      return Name.SUCCEEDED;
    }
  }

  /** It cannot be done. */
  record Failed(Instant startedAt, Instant endedAt, JobError error) implements JobState {
    @Override
    public Name name() {
      return Name.FAILED;
    }
  }

  /**
   * Somebody asked it to stop.
   *
   * @param startedAt empty: it had not started
   * @param checkpoint whether it left a checkpoint
   * @param reason how it stopped
   */
  record Cancelled(Optional<Instant> startedAt, Instant endedAt, boolean checkpoint, String reason)
      implements JobState {
    @Override
    public Name name() {
      return Name.CANCELLED;
    }
  }
}
