package org.bagnetlab.storage.result;

import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * A result with the job that measured it and the run that it belongs to.
 *
 * @param result the result
 * @param experiment the job's experiment
 * @param run the job that this job analyses, otherwise this job itself
 * @param runSpec the run's specification as JSON; empty if the run was deleted
 */
public record FoundResultRow(
    @Nested ResultRow result,
    @ColumnName("kind") String experiment,
    long run,
    Optional<String> runSpec) {}
