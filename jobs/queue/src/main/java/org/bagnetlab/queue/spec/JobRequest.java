package org.bagnetlab.queue.spec;

import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;

/**
 * A submitted job.
 *
 * @param spec the job's specification
 * @param title display title
 * @param sweep the sweep it belongs to
 * @param priority jobs with a higher priority run first
 * @param lastEpoch it pauses after this epoch
 * @param interactive whether a user waits for it, so that it runs in parallel to the queue
 * @param trial which trial of its sweep's search it is
 */
public record JobRequest(
    JobSpec spec,
    String title,
    Optional<String> sweep,
    int priority,
    Optional<Integer> lastEpoch,
    boolean interactive,
    Optional<Trial> trial) {

  /** A job that runs in the queue, to its end. */
  public static JobRequest of(JobSpec spec, String title, Optional<String> sweep) {
    return new JobRequest(spec, title, sweep, 0, Optional.empty(), false, Optional.empty());
  }

  /** The same request with another specification and its title. */
  public JobRequest of(JobSpec other, String itsTitle) {
    return new JobRequest(other, itsTitle, sweep, priority, lastEpoch, interactive, trial);
  }

  /** The same request as a trial of a search. */
  public JobRequest asTrial(Trial itsTrial) {
    return new JobRequest(
        spec, title, sweep, priority, lastEpoch, interactive, Optional.of(itsTrial));
  }

  /** The same request, which pauses after an epoch. */
  public JobRequest pausingAfter(Optional<Integer> epoch) {
    return new JobRequest(spec, title, sweep, priority, epoch, interactive, trial);
  }
}
