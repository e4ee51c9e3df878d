package org.bagnetlab.queue.device.nvidia;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The properties of a GPU of this machine that do not change while the driver runs.
 *
 * @param index nvidia-smi's number, in the order of the PCI bus. CUDA numbers GPUs by speed by
 *     default, so workers cannot use this index; see {@link #environment()}.
 * @param uuid NVIDIA's hardware identifier: {@code GPU-} and hexadecimal digits
 * @param name product name
 * @param computeCapability empty: not reported by this nvidia-smi or driver
 * @param driver the running driver's version
 * @param memoryTotal bytes; empty: not reported, for example in containers with a part of a MIG
 *     GPU, or on chips that share the machine's memory
 * @param mig whether it is partitioned into MIG instances
 */
public record Gpu(
    int index,
    String uuid,
    String name,
    Optional<ComputeCapability> computeCapability,
    String driver,
    OptionalLong memoryTotal,
    boolean mig) {

  /** A readable label: {@code GPU 0 (Tesla V100-SXM2-16GB)}. */
  public String label() {
    return "GPU %d (%s)".formatted(index, name);
  }

  /** Why this GPU never runs jobs, with any engine, with advice; empty if it may. */
  public Optional<String> refusal() {
    return reason().map(reason -> label() + " cannot run jobs. " + reason);
  }

  private Optional<String> reason() {
    if (mig) {
      return Optional.of("It is partitioned into MIG instances: disable MIG to use it.");
    }
    if (computeCapability.isEmpty()) {
      return Optional.of(
          """
          nvidia-smi does not report its compute capability: install version 510 or newer of the \
          NVIDIA driver and its tools (driver %s is running). If no such driver supports this GPU, the \
          GPU is too old."""
              .formatted(driver));
    }
    return Optional.empty();
  }

  /** Variables that make this GPU the only one that a worker sees, and its device 0. */
  public Map<String, String> environment() {
    return Map.of("CUDA_VISIBLE_DEVICES", uuid);
  }
}
