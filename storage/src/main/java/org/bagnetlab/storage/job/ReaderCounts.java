package org.bagnetlab.storage.job;

/**
 * How many jobs read a data set.
 *
 * @param jobs all of them
 * @param trainings those that train on it
 * @param unfinished those that may still read it
 */
public record ReaderCounts(int jobs, int trainings, int unfinished) {}
