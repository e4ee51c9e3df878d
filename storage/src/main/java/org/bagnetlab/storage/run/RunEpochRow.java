package org.bagnetlab.storage.run;

/**
 * An epoch of a training that succeeded.
 *
 * @param job the training's number
 * @param spec its specification as JSON
 * @param epoch the epoch
 */
public record RunEpochRow(long job, String spec, EpochRow epoch) {}
