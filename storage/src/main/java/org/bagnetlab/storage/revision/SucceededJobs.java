package org.bagnetlab.storage.revision;

import org.jdbi.v3.core.Handle;

/**
 * Notices whether a transaction changes anything about jobs that succeeded: that they did, their
 * numbers, epochs, files, tags and sweeps. What is computed from these alone stays right until one
 * does.
 */
public final class SucceededJobs {

  private static final String NAME = "SUCCEEDED";

  private final Handle handle;
  private boolean changed;

  /** Of a transaction that has changed nothing yet. */
  public SucceededJobs(Handle handle) {
    this.handle = handle;
  }

  /** Something about a job changes; of one to be deleted, before it is. */
  public void touch(long job) {
    changed |= !changed && succeeded(job);
  }

  /** A job comes to a state. */
  public void reach(long job, String state) {
    changed |= state.equals(NAME);
    touch(job);
  }

  private boolean succeeded(long job) {
    return handle
        .createQuery("SELECT state FROM jobs WHERE id = :id")
        .bind("id", job)
        .mapTo(String.class)
        .findOne()
        .filter(NAME::equals)
        .isPresent();
  }

  /** Whether anything about them was changed. */
  public boolean changed() {
    return changed;
  }
}
