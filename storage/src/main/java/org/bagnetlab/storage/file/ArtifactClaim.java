package org.bagnetlab.storage.file;

import java.util.Optional;

/**
 * What a worker says about a file that it left in its directory.
 *
 * @param output of the job's experiment that it is part of, if it is
 * @param kind what it is
 * @param path relative to the worker's directory
 * @param mediaType for example {@code image/png}
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param size in bytes
 * @param facts what describes it, as JSON
 * @param replaces the path of an earlier file whose place it takes
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
