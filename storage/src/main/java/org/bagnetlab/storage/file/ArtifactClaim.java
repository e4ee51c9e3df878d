package org.bagnetlab.storage.file;

import java.util.Optional;

/**
 * A worker's report of a file in its directory.
 *
 * @param output the output of the job's experiment that it belongs to, if any
 * @param kind of the file
 * @param path relative to the worker's directory
 * @param mediaType for example {@code image/png}
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param size in bytes
 * @param facts its metadata, as JSON
 * @param replaces the path of an earlier file that it replaces
 */
public record ArtifactClaim(
    Optional<String> output,
    String kind,
    String path,
    String mediaType,
    String sha256,
    long size,
    String facts,
    Optional<String> replaces) {}
