package org.bagnetlab.queue.sweep;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.storage.sweep.RungRow;

/**
 * A sweep in its current state.
 *
 * @param name its name
 * @param definition as submitted, as JSON; empty if jobs were submitted individually under its name
 * @param createdAt time of submission
 * @param hold why its queued jobs are held; empty if they are not held
 * @param endedAt when its last job ended
 * @param counts number of jobs by state, with pruned trials apart from cancelled jobs
 * @param halving how its trials are promoted; empty if all run to their end
 * @param rungs the trials that reached a rung
 * @param budget the device time that it may use; empty if it is not limited
 */
public record Sweep(
    String name,
    String definition,
    Instant createdAt,
    Optional<Cause> hold,
    Optional<Instant> endedAt,
    Map<String, Long> counts,
    Optional<Halving> halving,
    List<RungRow> rungs,
    Optional<Budget> budget) {}
