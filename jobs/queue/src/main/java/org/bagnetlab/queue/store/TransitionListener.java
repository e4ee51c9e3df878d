package org.bagnetlab.queue.store;

import java.time.Instant;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.job.JobRow;

/** Reacts to the transitions of jobs, within the transaction that changes them. */
interface TransitionListener {

  /**
   * Called after a job's new state was stored.
   *
   * @param job as it was before
   */
  void transitioned(
      JobChanges changes, JobRow job, JobState before, JobEvent event, JobState after);

  /** Called at the end of a transaction for each sweep that was marked for an update. */
  void updateSweep(JobChanges changes, String sweep, Instant at);
}
