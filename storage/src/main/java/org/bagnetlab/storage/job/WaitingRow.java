package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that is queued or resumes by itself.
 *
 * @param held whether it does not start for now, because of its sweep
 * @param waitsFor the job whose result it needs, as long as that does not exist
 * @param resumesAt when it returns to the queue, if it was interrupted
 * @param interactive whether it runs in the lane of interactive jobs
 */
public record WaitingRow(
    long id,
    String kind,
    String state,
    boolean held,
    Optional<Long> waitsFor,
    Optional<Instant> resumesAt,
    boolean interactive) {}
