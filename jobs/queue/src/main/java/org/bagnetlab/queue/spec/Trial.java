package org.bagnetlab.queue.spec;

/**
 * Which trial of a sweep's search a training is.
 *
 * @param number its number among all trials of the sweep, from 0
 * @param point the combination of the sweep's grid and cases, whose trials are compared
 * @param tried the values that it tries, as a JSON object by setting
 * @param learns whether it tries other values if enough is known when it starts
 */
public record Trial(int number, int point, String tried, boolean learns) {}
