package org.bagnetlab.storage.sweep;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A stored sweep.
 *
 * @param name its name
 * @param definition as submitted, as JSON; empty: jobs were submitted individually under its name
 * @param createdAt when
 * @param held whether its queued jobs are held
 * @param hold why
 * @param stopAfter consecutive failures that stop it; 0: never
 * @param failures current consecutive failures
 * @param halvingFactor one of this many trials at a rung is promoted
 * @param halvingFirst epochs of the first rung
 * @param endedAt when its last job ended
 * @param pending the change in several transactions that is under way; its jobs do not start
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
