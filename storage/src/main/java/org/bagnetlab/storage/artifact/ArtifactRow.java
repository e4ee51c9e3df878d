package org.bagnetlab.storage.artifact;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored file of a job. Its bytes never change: a replacement gets a new ID.
 *
 * @param id its ID
 * @param job the job that created it
 * @param output the output of the job's experiment that it belongs to, if any
 * @param kind of the file
 * @param name its path in the worker's directory
 * @param file path relative to the artifact directory
 * @param mediaType for example {@code image/png}
 * @param sha256 of its bytes, in hexadecimal
 * @param size in bytes
 * @param facts its metadata, as JSON
 * @param createdAt when it was accepted
 */
public record ArtifactRow(
    long id,
    long job,
    Optional<String> output,
    String kind,
    String name,
    String file,
    String mediaType,
    String sha256,
    long size,
    String facts,
    Instant createdAt) {}
