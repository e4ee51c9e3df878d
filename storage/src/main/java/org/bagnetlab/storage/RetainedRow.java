package org.bagnetlab.storage;

import java.time.Instant;

/**
 * A file of a job that ended, which retention may have an opinion on.
 *
 * @param artifact the file
 * @param title of its job, for people
 * @param state of its job
 * @param endedAt when its job ended
 */
public record RetainedRow(ArtifactRow artifact, String title, String state, Instant endedAt) {}
