package org.bagnetlab.queue.device;

import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A device that runs jobs.
 *
 * @param name for users
 * @param threads that a worker may compute with
 * @param gpu empty: it is no GPU. Its readings may be old.
 * @param job the job that it runs; empty: it is free
 * @param refusal why it starts no job now, as text; empty: it would
 */
public record Device(
    String name, int threads, Optional<Gpu> gpu, Optional<Long> job, Optional<String> refusal) {

  /** The same with later readings of its GPU. */
  public Device with(Gpu later) {
    return new Device(name, threads, Optional.of(later), job, refusal);
  }
}
