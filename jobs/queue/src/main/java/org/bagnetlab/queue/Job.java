package org.bagnetlab.queue;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/**
 * A job as it stands now.
 *
 * @param id number
 * @param spec what it does
 * @param title the same for people
 * @param sweep the sweep it belongs to
 * @param state where it stands
 * @param createdAt when it was submitted
 * @param standing where it stands among those that wait
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
    Standing standing,
    Optional<Progress> progress,
    Optional<WorkerFacts> worker) {}
