package org.bagnetlab.storage.retention;

import java.time.Instant;

/**
 * A file that retention removed from an existing job.
 *
 * @param job that created it
 * @param kind of the file
 * @param name its path in the worker's directory
 * @param size in bytes
 * @param at when it was removed
 */
public record RemovalRow(long job, String kind, String name, long size, Instant at) {}
