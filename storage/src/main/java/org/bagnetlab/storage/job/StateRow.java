package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.cause.CauseRow;

/**
 * The columns of a job's state; which of them have values depends on its name.
 *
 * @param name for example {@code RUNNING}
 * @param startedAt when its worker started
 * @param endedAt when it ended
 * @param cause why it stands so; empty where an error says so
 * @param errorFamily what kind of error ended it
 * @param errorCode stable name of that error
 * @param errorMessage what it says to people
 * @param errorField field of the specification at fault
 * @param cancelRequested whether somebody asked it to stop
 * @param checkpoint whether it left a checkpoint when it stopped
 * @param retriesWithoutProgress how often it was interrupted since it last made progress
 * @param resumesAt when it is tried again by itself
 */
public record StateRow(
    String name,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<CauseRow> cause,
    Optional<String> errorFamily,
    Optional<String> errorCode,
    Optional<String> errorMessage,
    Optional<String> errorField,
    boolean cancelRequested,
    boolean checkpoint,
    int retriesWithoutProgress,
    Optional<Instant> resumesAt) {}
