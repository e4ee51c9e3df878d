package org.bagnetlab.storage.run;

import org.jdbi.v3.core.mapper.Nested;

/**
 * An epoch of a training that succeeded.
 *
 * @param job the training's ID
 * @param spec its specification as JSON
 * @param epoch the epoch
 */
public record RunEpochRow(long job, String spec, @Nested EpochRow epoch) {}
