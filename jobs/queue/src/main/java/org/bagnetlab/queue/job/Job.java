package org.bagnetlab.queue.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/**
 * A job in its present state.
 *
 * @param id number
 * @param spec what it does
 * @param title the same for people
 * @param sweep the sweep it belongs to
 * @param state where it stands
 * @param createdAt when it was submitted
 * @param queuePosition where it stands among those that wait
 * @param progress how far its worker is; empty unless it runs
 * @param worker the process that runs it, or ran it last
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
    Optional<WorkerFacts> worker) {}
