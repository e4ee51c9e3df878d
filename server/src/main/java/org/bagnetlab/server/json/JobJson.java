package org.bagnetlab.server.json;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.queue.Job;
import org.bagnetlab.queue.JobError;
import org.bagnetlab.queue.JobState;
import org.bagnetlab.queue.StateFacts;
import org.bagnetlab.queue.WorkerFacts;

/**
 * A job as the interface shows it.
 *
 * @param cancelRequested only while its worker has not stopped yet
 * @param checkpoint only where it was cancelled: whether it left one
 */
public record JobJson(
    long id,
    JobSpec spec,
    String title,
    Optional<String> sweep,
    JobState.Name state,
    Optional<String> reason,
    Optional<JobError> error,
    Optional<Boolean> cancelRequested,
    Optional<Boolean> checkpoint,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<ProgressJson> progress,
    Optional<WorkerFacts> worker) {

  /** A job as it stands. */
  public static JobJson of(Job job) {
    StateFacts facts = StateFacts.of(job.state());
    JobState.Name state = job.state().name();
    return new JobJson(
        job.id(),
        job.spec(),
        job.title(),
        job.sweep(),
        state,
        facts.reason(),
        facts.error(),
        facts.cancelRequested() ? Optional.of(true) : Optional.empty(),
        state == JobState.Name.CANCELLED ? Optional.of(facts.checkpoint()) : Optional.empty(),
        job.createdAt(),
        facts.startedAt(),
        facts.endedAt(),
        job.progress().map(ProgressJson::of),
        job.worker());
  }
}
