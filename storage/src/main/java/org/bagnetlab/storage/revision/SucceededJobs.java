package org.bagnetlab.storage.revision;

import org.jdbi.v3.core.Handle;

/**
 * Records whether a transaction changes data about jobs that succeeded: their success, results,
 * epochs, files, tags and sweeps. Values computed from these alone stay valid until such a change.
 */
public final class SucceededJobs {

  private static final String NAME = "SUCCEEDED";

  private final Handle handle;
  private boolean changed;

  /** Tracks a transaction that has not changed anything yet. */
  public SucceededJobs(Handle handle) {
    this.handle = handle;
  }

  /** Records a change of a job. Call it before a job is deleted. */
  public void touch(long job) {
    changed |= !changed && succeeded(job);
  }

  /** Records that a job reaches a state. */
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

  /** Whether any of this data was changed. */
  public boolean changed() {
    return changed;
  }
}
