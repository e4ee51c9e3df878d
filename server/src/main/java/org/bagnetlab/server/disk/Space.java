package org.bagnetlab.server.disk;

/**
 * The size and free space of a file system.
 *
 * @param total total size in bytes
 * @param free bytes that this process may still write
 */
public record Space(long total, long free) {}
