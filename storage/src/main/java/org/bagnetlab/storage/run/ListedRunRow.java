package org.bagnetlab.storage.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that succeeded and measured a network, as lists of runs have it.
 *
 * @param job its number
 * @param spec its specification as JSON
 * @param title for people
 * @param startedAt when it last started
 * @param endedAt when it ended
 * @param converged whether an epoch before its last was as good; empty if it has no epochs
 */
public record ListedRunRow(
    long job,
    String spec,
    String title,
    Optional<Instant> startedAt,
    Instant endedAt,
    Optional<Boolean> converged) {}
