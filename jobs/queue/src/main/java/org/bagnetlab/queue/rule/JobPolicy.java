package org.bagnetlab.queue.rule;

import java.util.Optional;
import org.bagnetlab.queue.window.JobWindows;

/**
 * When jobs run, and which running jobs are reported or stopped.
 *
 * @param windows when devices run jobs
 * @param idle finds jobs that hardly use their device
 * @param flat finds trainings that do not learn
 */
public record JobPolicy(JobWindows windows, Optional<IdleRule> idle, Optional<FlatRule> flat) {

  /** All jobs run at any time. */
  public static JobPolicy none() {
    return new JobPolicy(JobWindows.always(), Optional.empty(), Optional.empty());
  }
}
