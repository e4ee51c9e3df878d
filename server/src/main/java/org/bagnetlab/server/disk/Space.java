package org.bagnetlab.server.disk;

/**
 * How large a file system is.
 *
 * @param total bytes
 * @param free bytes that this process may still write
 */
public record Space(long total, long free) {}
