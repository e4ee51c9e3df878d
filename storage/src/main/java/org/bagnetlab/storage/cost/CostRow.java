package org.bagnetlab.storage.cost;

import java.time.Instant;
import java.util.Optional;

/**
 * What one worker of a job cost.
 *
 * @param job the job's ID
 * @param startedAt when the worker was given the job
 * @param deviceSeconds time for which it occupied its device
 * @param processorSeconds processor time of all its threads
 * @param peakMemory peak of its memory in bytes
 * @param peakDeviceMemory peak of its GPU memory in bytes
 * @param joules energy of its device
 * @param utilisation mean utilisation of its device, in [0, 1]
 * @param imagesPerSecond mean rate of its training, or else while it processed images
 */
public record CostRow(
    long job,
    Instant startedAt,
    double deviceSeconds,
    Optional<Double> processorSeconds,
    Optional<Long> peakMemory,
    Optional<Long> peakDeviceMemory,
    Optional<Double> joules,
    Optional<Double> utilisation,
    Optional<Double> imagesPerSecond) {}
