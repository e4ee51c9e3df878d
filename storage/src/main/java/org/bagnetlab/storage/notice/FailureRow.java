package org.bagnetlab.storage.notice;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A job's failure, or a job that a rule found, that has not been reported yet.
 *
 * @param job its ID
 * @param title of the job, for users
 * @param sweep the sweep it belongs to
 * @param at when it failed
 * @param cause why
 * @param errorCode stable name of the error; empty if the job has changed its state since
 */
public record FailureRow(
    long job,
    String title,
    Optional<String> sweep,
    Instant at,
    @Nested("cause") CauseRow cause,
    Optional<String> errorCode) {}
