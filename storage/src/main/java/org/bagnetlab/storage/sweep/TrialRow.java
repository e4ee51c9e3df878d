package org.bagnetlab.storage.sweep;

/**
 * A stored trial of a search.
 *
 * @param sweep the sweep that searches
 * @param job the training that tries the values
 * @param number its number among all trials of the sweep, from 0
 * @param point the combination of the sweep's grid and cases, whose trials are compared
 * @param tried the values that it tries, as a JSON object by setting
 */
public record TrialRow(String sweep, long job, int number, int point, String tried) {}
