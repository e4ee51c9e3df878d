package org.bagnetlab.queue.sweep;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.queue.job.Cause;

/**
 * A sweep in its present state.
 *
 * @param name its name
 * @param definition as it was asked for, as JSON; empty: jobs were given its name one by one
 * @param createdAt when
 * @param hold why its queued jobs do not run; empty: they do
 * @param endedAt when none of its jobs was open any more
 * @param counts how many jobs it has in each state that has any
 * @param halving how its trials are promoted; empty: all run to their end
 * @param rungs the trials that came to a rung
 */
public record Sweep(
    String name,
    String definition,
    Instant createdAt,
    Optional<Cause> hold,
    Optional<Instant> endedAt,
    Map<String, Long> counts,
    Optional<Halving> halving,
    List<Halving.Waiting> rungs) {}
