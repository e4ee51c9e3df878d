package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * The columns of a job's state; its name determines which of them have values.
 *
 * @param name for example {@code RUNNING}
 * @param startedAt when its worker started
 * @param endedAt when it ended
 * @param cause why it is in this state; empty if there is an error
 * @param errorFamily kind of the error that ended it
 * @param errorCode stable name of the error
 * @param errorMessage its message for users
 * @param errorField the invalid field of the specification
 * @param cancelRequested whether it was asked to stop
 * @param checkpoint whether it saved a checkpoint when it stopped
 * @param retriesWithoutProgress number of interruptions since it last made progress
 * @param resumesAt when it is retried automatically
 */
public record StateRow(
    @ColumnName("state") String name,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    @Nested("cause") Optional<CauseRow> cause,
    Optional<String> errorFamily,
    Optional<String> errorCode,
    Optional<String> errorMessage,
    Optional<String> errorField,
    boolean cancelRequested,
    boolean checkpoint,
    @ColumnName("fruitless") int retriesWithoutProgress,
    Optional<Instant> resumesAt) {}
