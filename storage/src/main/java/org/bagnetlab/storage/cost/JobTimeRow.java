package org.bagnetlab.storage.cost;

/**
 * How long a job took.
 *
 * @param spec its specification, as stored
 * @param deviceSeconds time for which its workers occupied a device
 */
public record JobTimeRow(String spec, double deviceSeconds) {}
