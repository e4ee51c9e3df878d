package org.bagnetlab.queue.device;

import java.util.Optional;
import java.util.OptionalInt;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A device that runs jobs, or one of the slots of a GPU that runs several at once.
 *
 * @param name display name
 * @param threads number of threads that a worker may compute with
 * @param gpu the GPU, with readings that may be outdated; empty if the device is not a GPU
 * @param slot number of the slot, from 1; empty unless jobs may share the GPU
 * @param job id of the job that it runs; empty if it is free
 * @param share the part of the GPU's memory that the job may use; empty if it is not limited
 * @param refusal why it currently starts no jobs, as text; empty if it does
 */
public record Device(
    String name,
    int threads,
    Optional<Gpu> gpu,
    OptionalInt slot,
    Optional<Long> job,
    Optional<MemoryShare> share,
    Optional<String> refusal) {

  /** A slot and what runs in it. */
  public static Device of(DeviceSlot slot, Optional<MemoryClaim> claim, Optional<String> refusal) {
    return new Device(
        slot.name(),
        slot.threads(),
        slot.gpu(),
        slot.place()
            .filter(place -> place.slots().shared())
            .map(place -> OptionalInt.of(place.number()))
            .orElseGet(OptionalInt::empty),
        claim.map(MemoryClaim::job),
        claim.flatMap(MemoryClaim::limit),
        refusal);
  }

  /** A GPU that runs no jobs, for this reason. */
  public static Device unused(Gpu gpu, String reason) {
    return new Device(
        gpu.label(),
        0,
        Optional.of(gpu),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason));
  }

  /** A copy with newer readings of its GPU. */
  public Device with(Gpu later) {
    return new Device(name, threads, Optional.of(later), slot, job, share, refusal);
  }
}
