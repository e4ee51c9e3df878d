package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * A change of a job's state.
 *
 * @param at when
 * @param from the state before; empty if the job was new
 * @param to the state after
 * @param cause why
 */
public record TransitionRow(
    Instant at,
    @ColumnName("from_state") Optional<String> from,
    @ColumnName("to_state") String to,
    @Nested("cause") CauseRow cause) {}
