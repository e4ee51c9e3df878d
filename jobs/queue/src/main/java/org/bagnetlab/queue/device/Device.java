package org.bagnetlab.queue.device;

import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A device that runs jobs.
 *
 * @param name display name
 * @param threads number of threads that a worker may compute with
 * @param gpu the GPU, with readings that may be outdated; empty if the device is not a GPU
 * @param job id of the job that it runs; empty if it is free
 * @param refusal why it currently starts no jobs, as text; empty if it does
 */
public record Device(
    String name, int threads, Optional<Gpu> gpu, Optional<Long> job, Optional<String> refusal) {

  /** A copy with newer readings of its GPU. */
  public Device with(Gpu later) {
    return new Device(name, threads, Optional.of(later), job, refusal);
  }
}
