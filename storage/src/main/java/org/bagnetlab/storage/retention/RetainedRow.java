package org.bagnetlab.storage.retention;

import java.time.Instant;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A file that retention may remove, of a job that has ended.
 *
 * @param artifact the file
 * @param title of its job, for users
 * @param state of its job
 * @param endedAt when its job ended
 */
public record RetainedRow(
    @Nested ArtifactRow artifact, String title, String state, Instant endedAt) {}
