package org.bagnetlab.storage.sweep;

/**
 * A trial that waited at a rung.
 *
 * @param job the trial
 * @param epoch after which it waited
 * @param accuracy the best accuracy on the validation images so far
 * @param promoted whether it was promoted
 */
public record RungRow(long job, int epoch, double accuracy, boolean promoted) {}
