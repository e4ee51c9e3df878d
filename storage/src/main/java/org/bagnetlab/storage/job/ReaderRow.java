package org.bagnetlab.storage.job;

/**
 * A job that reads a data set, as shown in lists.
 *
 * @param id its ID
 * @param kind of the job
 * @param title for users
 * @param state name of its state
 */
public record ReaderRow(long id, String kind, String title, String state) {}
