package org.bagnetlab.storage.job;

/**
 * What a list says of a job that reads a data set.
 *
 * @param id number
 * @param kind of the job
 * @param title for people
 * @param state name of its state
 */
public record ReaderRow(long id, String kind, String title, String state) {}
