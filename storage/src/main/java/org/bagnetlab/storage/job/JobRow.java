package org.bagnetlab.storage.job;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A stored job.
 *
 * @param id its ID
 * @param spec its specification as JSON
 * @param title for users
 * @param sweep the sweep it belongs to
 * @param createdAt when it was submitted
 * @param queuedAt when it was last queued
 * @param state its state
 * @param order its position among the waiting jobs
 * @param worker facts about the process that ran it, as JSON
 * @param reproduces the job that it runs again, to compare their results
 * @param origin the lab that ran it, if it was imported
 */
public record JobRow(
    long id,
    String spec,
    String title,
    Optional<String> sweep,
    Instant createdAt,
    Instant queuedAt,
    @Nested StateRow state,
    @Nested OrderRow order,
    Optional<String> worker,
    Optional<Long> reproduces,
    @Nested("origin") Optional<OriginRow> origin) {}
