package org.bagnetlab.storage.sweep;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A stored sweep.
 *
 * @param name its name
 * @param definition as submitted, as JSON; empty if jobs were submitted individually under its name
 * @param createdAt when it was created
 * @param held whether its queued jobs are held
 * @param hold why it is held
 * @param stopAfter number of consecutive failures that stops it; 0 for never
 * @param failures current number of consecutive failures
 * @param halvingFactor one of this many trials at a rung is promoted
 * @param halvingFirst epochs of the first rung
 * @param endedAt when its last job ended
 * @param pending a change in progress that takes several transactions; its jobs do not start
 *     meanwhile
 */
public record SweepRow(
    String name,
    String definition,
    Instant createdAt,
    boolean held,
    @Nested("hold") Optional<CauseRow> hold,
    int stopAfter,
    int failures,
    Optional<Integer> halvingFactor,
    Optional<Integer> halvingFirst,
    Optional<Instant> endedAt,
    Optional<String> pending) {}
