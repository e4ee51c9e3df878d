package org.bagnetlab.storage.revision;

import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Records of which jobs that succeeded a transaction changes data: their success, results, epochs,
 * files, tags and sweeps. Values computed from these alone stay valid until such a change.
 */
public final class SucceededJobs {

  private static final String NAME = "SUCCEEDED";

  private final Handle handle;
  private final Set<Long> changed = new HashSet<>();

  /** Tracks a transaction that has not changed anything yet. */
  public SucceededJobs(Handle handle) {
    this.handle = handle;
  }

  /** Records a change of a job. Call it before a job is deleted. */
  public void touch(long job) {
    if (!changed.contains(job) && succeeded(job)) {
      changed.add(job);
    }
  }

  /** Records that a job reaches a state. */
  public void reach(long job, String state) {
    if (state.equals(NAME)) {
      changed.add(job);
    } else {
      touch(job);
    }
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

  /** The jobs of which any of this data was changed. */
  public Set<Long> changed() {
    return changed;
  }
}
