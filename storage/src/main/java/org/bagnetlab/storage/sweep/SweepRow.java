package org.bagnetlab.storage.sweep;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;

/**
 * A stored sweep.
 *
 * @param name its name
 * @param definition as it was asked for, as JSON; empty: jobs were given its name one by one
 * @param createdAt when
 * @param held whether its queued jobs are not to run
 * @param hold why
 * @param stopAfter failures in a row that stop it; 0: none do
 * @param failures in a row, now
 * @param halvingFactor of the trials of a rung, one in so many goes on
 * @param halvingFirst epochs of the first rung
 * @param endedAt when none of its jobs was open any more
 */
public record SweepRow(
    String name,
    String definition,
    Instant createdAt,
    boolean held,
    Optional<CauseRow> hold,
    int stopAfter,
    int failures,
    Optional<Integer> halvingFactor,
    Optional<Integer> halvingFirst,
    Optional<Instant> endedAt) {}
