package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/**
 * A job in its current state.
 *
 * @param id its id
 * @param spec what it does
 * @param title its display title
 * @param sweep the sweep it belongs to
 * @param state its state
 * @param createdAt time of submission
 * @param queuePosition its position among queued jobs
 * @param progress its worker's progress; empty unless it is running
 * @param worker the process that runs the job or last ran it
 * @param reproduces the job that it runs again, to compare their results
 * @param origin where it was run, if it was imported
 */
public record Job(
    long id,
    JobSpec spec,
    String title,
    Optional<String> sweep,
    JobState state,
    Instant createdAt,
    QueuePosition queuePosition,
    Optional<Progress> progress,
    Optional<WorkerFacts> worker,
    Optional<Long> reproduces,
    Optional<Origin> origin) {}
