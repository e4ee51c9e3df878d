package org.bagnetlab.storage.sweep;

/**
 * A trial that waited at a rung.
 *
 * @param job the trial
 * @param epoch after which it waited
 * @param accuracy accuracy on the validation images, of the epoch that the trial would keep
 * @param promoted whether it was promoted
 */
public record RungRow(long job, int epoch, double accuracy, boolean promoted) {}
