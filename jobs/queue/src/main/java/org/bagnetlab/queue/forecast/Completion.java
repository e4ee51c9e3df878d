package org.bagnetlab.queue.forecast;

import java.time.Instant;
import java.util.Optional;

/**
 * When the last of several jobs will have ended, if the queue stays as it is.
 *
 * @param end empty if not known
 * @param behind the job of unknown duration for which it is not known; empty if there is another
 *     reason, such as that nothing says that one of the jobs will run
 */
public record Completion(Optional<Instant> end, Optional<Long> behind) {

  /** Of jobs of which nothing is known. */
  public static final Completion UNKNOWN = new Completion(Optional.empty(), Optional.empty());
}
