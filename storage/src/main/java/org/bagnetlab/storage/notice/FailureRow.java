package org.bagnetlab.storage.notice;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;

/**
 * A job's failure, of which nobody was told yet.
 *
 * @param job its number
 * @param title of the job, for people
 * @param sweep the sweep it belongs to
 * @param at when it failed
 * @param cause why
 * @param errorCode stable name of the error; empty if the job does not stand so any more
 */
public record FailureRow(
    long job,
    String title,
    Optional<String> sweep,
    Instant at,
    CauseRow cause,
    Optional<String> errorCode) {}
