package org.bagnetlab.storage.cost;

import java.util.Optional;

/**
 * What a job cost, summed over its workers. Values are empty if no worker knew them.
 *
 * @param job the job's ID
 * @param deviceSeconds time for which its workers occupied a device
 * @param processorSeconds processor time
 * @param peakMemory the largest peak of memory in bytes
 * @param peakDeviceMemory the largest peak of GPU memory in bytes
 * @param joules energy of the devices
 * @param utilisation mean utilisation of the devices, in [0, 1], weighted by time
 * @param imagesPerSecond mean rate of the training, or else while images were processed, weighted
 *     by time
 */
public record JobCostRow(
    long job,
    double deviceSeconds,
    Optional<Double> processorSeconds,
    Optional<Long> peakMemory,
    Optional<Long> peakDeviceMemory,
    Optional<Double> joules,
    Optional<Double> utilisation,
    Optional<Double> imagesPerSecond) {}
