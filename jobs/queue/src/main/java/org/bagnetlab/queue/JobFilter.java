package org.bagnetlab.queue;

import java.util.Optional;
import org.bagnetlab.queue.job.JobState;

/**
 * Which jobs a list has; an empty value means any.
 *
 * @param kind name of an experiment
 */
public record JobFilter(Optional<JobState.Name> state, Optional<String> kind) {

  /** All jobs. */
  public static JobFilter none() {
    return new JobFilter(Optional.empty(), Optional.empty());
  }

  boolean has(JobState.Name name) {
    return state.isEmpty() || state.get() == name;
  }
}
