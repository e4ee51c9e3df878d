package org.bagnetlab.protocol;

import java.util.Optional;

/**
 * The code that computes in a worker.
 *
 * @param version version of Bagnet Lab
 * @param digest SHA-256 of the classes that compute, 64 lower-case hexadecimal digits; empty if the
 *     classes were not packaged by a build
 * @param commit Git's commit of the sources, 40 hexadecimal digits; empty if the build had no Git
 *     repository
 * @param modified whether the sources differed from the commit
 */
public record Code(
    String version, Optional<String> digest, Optional<String> commit, boolean modified) {}
