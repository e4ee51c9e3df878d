package org.bagnetlab.server.json;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Transition;

/**
 * A change of a job's state, as shown by the API.
 *
 * @param from the previous state; absent if the job was new
 * @param cause the reason as text, for users
 * @param causeCode the reason as a stable name
 * @param causeArguments values in the text of the cause
 */
public record TransitionJson(
    Instant at,
    Optional<JobState.Name> from,
    JobState.Name to,
    String cause,
    String causeCode,
    Map<String, Object> causeArguments) {

  /** Converts a stored change. */
  public static TransitionJson of(Transition transition) {
    return new TransitionJson(
        transition.at(),
        transition.from(),
        transition.to(),
        transition.cause().text(),
        transition.cause().code(),
        transition.cause().arguments());
  }
}
