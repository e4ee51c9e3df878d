package org.bagnetlab.storage.result;

/**
 * A number with the run that it is about.
 *
 * @param run the training that the job is, or is about
 * @param result the number
 */
public record RunResultRow(long run, ResultRow result) {}
