package org.bagnetlab.server.json;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseCode;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.WorkerFacts;

/**
 * A job as the interface shows it.
 *
 * @param reason why it waits or ended so, for people
 * @param causeCode the same as a stable name; absent where an error says so
 * @param causeArguments what the cause names
 * @param cancelRequested only while its worker has not stopped yet
 * @param priority of two queued jobs the higher one runs first
 * @param held only while its sweep is held
 * @param waitsFor only while it needs another job's result
 * @param lastEpoch only where it pauses after this epoch to be compared with others
 * @param interruptions only if there were any since it last got on
 * @param resumesAt only while it is interrupted: when it is queued again
 * @param checkpoint only where it was cancelled: whether it left one
 */
public record JobJson(
    long id,
    JobSpec spec,
    String title,
    Optional<String> sweep,
    JobState.Name state,
    Optional<String> reason,
    Optional<CauseCode> causeCode,
    Optional<Map<String, Object>> causeArguments,
    Optional<JobError> error,
    Optional<Boolean> cancelRequested,
    Optional<Boolean> checkpoint,
    int priority,
    Optional<Boolean> held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    Optional<Integer> interruptions,
    Optional<Instant> resumesAt,
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
        facts.cause().map(Cause::code),
        facts.cause().map(Cause::arguments),
        facts.error(),
        facts.cancelRequested() ? Optional.of(true) : Optional.empty(),
        state == JobState.Name.CANCELLED ? Optional.of(facts.checkpoint()) : Optional.empty(),
        job.queuePosition().priority(),
        Optional.of(true).filter(held -> job.queuePosition().held()),
        job.queuePosition().waitsFor(),
        job.queuePosition().lastEpoch(),
        Optional.of(facts.retriesWithoutProgress()).filter(count -> count > 0),
        facts.resumesAt(),
        job.createdAt(),
        facts.startedAt(),
        facts.endedAt(),
        job.progress().map(ProgressJson::of),
        job.worker());
  }
}
