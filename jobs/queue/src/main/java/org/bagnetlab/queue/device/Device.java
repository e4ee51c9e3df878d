package org.bagnetlab.queue.device;

import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A device that runs jobs.
 *
 * @param name for people
 * @param threads that a worker may compute with
 * @param gpu that it is; empty: it is no GPU
 * @param job the job that it runs; empty: it is free
 * @param refusal why it starts no job now, for people; empty: it would
 */
public record Device(
    String name, int threads, Optional<Gpu> gpu, Optional<Long> job, Optional<String> refusal) {}
