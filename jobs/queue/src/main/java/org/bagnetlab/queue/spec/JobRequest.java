package org.bagnetlab.queue.spec;

import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;

/**
 * A job that somebody asks for.
 *
 * @param spec what to do
 * @param title for people
 * @param sweep the sweep it belongs to
 * @param priority of two jobs the higher one runs first
 * @param held whether it is not to run yet, as its sweep is held
 * @param lastEpoch it pauses after this epoch
 */
public record JobRequest(
    JobSpec spec,
    String title,
    Optional<String> sweep,
    int priority,
    boolean held,
    Optional<Integer> lastEpoch) {

  /** A job that runs when its turn comes, to its end. */
  public static JobRequest of(JobSpec spec, String title, Optional<String> sweep) {
    return new JobRequest(spec, title, sweep, 0, false, Optional.empty());
  }
}
