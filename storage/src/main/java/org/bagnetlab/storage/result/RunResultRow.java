package org.bagnetlab.storage.result;

/**
 * A result with the run that it belongs to.
 *
 * @param run the job that the result's job analyses, otherwise the result's job itself
 * @param result the result
 */
public record RunResultRow(long run, ResultRow result) {}
