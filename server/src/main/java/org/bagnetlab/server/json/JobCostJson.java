package org.bagnetlab.server.json;

import java.util.Optional;
import org.bagnetlab.storage.cost.JobCostRow;

/**
 * What a job cost, as shown by the API. Values that could not be read are absent.
 *
 * @param deviceSeconds time for which its workers occupied a device
 * @param processorSeconds processor time of its workers
 * @param peakMemoryBytes peak of a worker's memory
 * @param peakDeviceMemoryBytes peak of a worker's memory on a GPU
 * @param joules energy of its device, shared equally with jobs that ran on it at the same time
 * @param utilisation mean utilisation of its GPU, in [0, 1]
 * @param imagesPerSecond mean rate of its training, or else while it processed images
 */
public record JobCostJson(
    double deviceSeconds,
    Optional<Double> processorSeconds,
    Optional<Long> peakMemoryBytes,
    Optional<Long> peakDeviceMemoryBytes,
    Optional<Double> joules,
    Optional<Double> utilisation,
    Optional<Double> imagesPerSecond) {

  /** The cost that is stored for a job. */
  public static JobCostJson of(JobCostRow row) {
    return new JobCostJson(
        row.deviceSeconds(),
        row.processorSeconds(),
        row.peakMemory(),
        row.peakDeviceMemory(),
        row.joules(),
        row.utilisation(),
        row.imagesPerSecond());
  }
}
