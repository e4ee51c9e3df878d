package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.WorkerFacts;
import org.jspecify.annotations.Nullable;

/**
 * A job, as shown by the API.
 *
 * @param reason why the job is waiting or how it ended, as text
 * @param causeCode the reason as a stable name; absent if there is an error
 * @param causeArguments values in the cause's text
 * @param cancelRequested whether it is being cancelled; present only until its worker has stopped
 * @param priority jobs with a higher priority run first
 * @param held present only while its sweep is held
 * @param waitsFor present only while it needs the result of another job
 * @param lastEpoch present only if it pauses after this epoch, to be compared with other trials
 * @param interactive present only if it may run concurrently with the queue
 * @param interruptions number of interruptions since its last progress; absent if none
 * @param resumesAt when it is requeued; present only while it is interrupted
 * @param progress without the type that the protocol adds
 * @param checkpoint whether it saved a checkpoint; present only if it was cancelled
 * @param pruned present only if its sweep ended it because other trials were better
 * @param reproduces present only if it runs another job again, to compare their results
 * @param origin where it was run; present only if it was imported
 */
public record JobJson(
    long id,
    JobSpec spec,
    String title,
    Optional<String> sweep,
    JobState.Name state,
    Optional<String> reason,
    Optional<String> causeCode,
    Optional<Map<String, Object>> causeArguments,
    Optional<JobError> error,
    Optional<Boolean> cancelRequested,
    Optional<Boolean> checkpoint,
    Optional<Boolean> pruned,
    int priority,
    Optional<Boolean> held,
    Optional<Long> waitsFor,
    Optional<Integer> lastEpoch,
    Optional<Boolean> interactive,
    Optional<Integer> interruptions,
    Optional<Instant> resumesAt,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE) @Nullable Progress progress,
    Optional<WorkerFacts> worker,
    Optional<Long> reproduces,
    Optional<Origin> origin) {

  /** The current state of a job. */
  public static JobJson of(Job job) {
    StateFacts facts = StateFacts.of(job.state());
    JobState.Name state = job.state().name();
    // While a job is being cancelled, that it is says enough.
    Optional<Cause> cause = facts.cancelRequested() ? Optional.empty() : facts.cause();
    return new JobJson(
        job.id(),
        job.spec(),
        job.title(),
        job.sweep(),
        state,
        facts.error().map(JobError::message).or(() -> cause.map(Cause::text)),
        cause.map(Cause::code),
        cause.map(Cause::arguments),
        facts.error(),
        facts.cancelRequested() ? Optional.of(true) : Optional.empty(),
        state == JobState.Name.CANCELLED ? Optional.of(facts.checkpoint()) : Optional.empty(),
        Optional.of(true)
            .filter(yes -> state == JobState.Name.CANCELLED)
            .filter(yes -> cause.filter(Cause::prunes).isPresent()),
        job.queuePosition().priority(),
        Optional.of(true).filter(yes -> job.queuePosition().held()),
        job.queuePosition().waitsFor(),
        job.queuePosition().lastEpoch(),
        Optional.of(true).filter(yes -> job.queuePosition().interactive()),
        Optional.of(facts.retriesWithoutProgress()).filter(count -> count > 0),
        facts.resumesAt(),
        job.createdAt(),
        facts.startedAt(),
        facts.endedAt(),
        job.progress().orElse(null),
        job.worker(),
        job.reproduces(),
        job.origin());
  }
}
