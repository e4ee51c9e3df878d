package org.bagnetlab.storage.result;

import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * A result with the job that found it and the run that it is about.
 *
 * @param result the number
 * @param experiment the job's
 * @param run the training that the job is, or is about
 * @param runSpec the training's specification as JSON; empty: it was deleted
 */
public record FoundResultRow(
    @Nested ResultRow result,
    @ColumnName("kind") String experiment,
    long run,
    Optional<String> runSpec) {}
