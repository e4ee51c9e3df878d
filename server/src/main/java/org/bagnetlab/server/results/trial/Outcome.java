package org.bagnetlab.server.results.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.server.results.run.Trouble;

/** What became of a trial. */
public enum Outcome {
  /** It ran to its end, and its accuracy is a result. */
  @JsonProperty("finished")
  FINISHED,
  @JsonProperty("running")
  RUNNING,
  /** It is queued or paused, for example at a rung. */
  @JsonProperty("waiting")
  WAITING,
  /** Its sweep ended it because others were better. */
  @JsonProperty("pruned")
  PRUNED,
  /** A user or a rule stopped it. */
  @JsonProperty("stopped")
  STOPPED,
  @JsonProperty("failed")
  FAILED,
  /** Its loss exploded. */
  @JsonProperty("diverged")
  DIVERGED,
  /** It ran to its end and learnt nothing. */
  @JsonProperty("chance")
  CHANCE;

  /** The outcome of a trial; the trouble of one that has not run to its end is not its outcome. */
  static Outcome of(Job job, Optional<Trouble> trouble) {
    return trouble
        .filter(
            any ->
                job.state().name() == JobState.Name.SUCCEEDED
                    || job.state().name() == JobState.Name.FAILED)
        .map(Outcome::of)
        .orElseGet(() -> ofState(job));
  }

  private static Outcome of(Trouble trouble) {
    return switch (trouble) {
      case DIVERGED -> DIVERGED;
      case CHANCE -> CHANCE;
    };
  }

  private static Outcome ofState(Job job) {
    return switch (job.state().name()) {
      case SUCCEEDED -> FINISHED;
      case FAILED -> FAILED;
      case CANCELLED ->
          StateFacts.of(job.state()).cause().filter(Cause::prunes).isPresent() ? PRUNED : STOPPED;
      case RUNNING, PAUSING -> RUNNING;
      case QUEUED, PAUSED, INTERRUPTED -> WAITING;
    };
  }
}
