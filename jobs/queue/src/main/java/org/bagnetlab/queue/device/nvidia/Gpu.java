package org.bagnetlab.queue.device.nvidia;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The oldest that runs applications of CUDA 11.6, by CUDA's minor version compatibility. */
  private static final int OLDEST_DRIVER = 450;

  private static final Pattern BRANCH = Pattern.compile("(\\d{1,5})\\..*");

  /** A readable label: {@code GPU 0 (Tesla V100-SXM2-16GB)}. */
  public String label() {
    return "GPU %d (%s)".formatted(index, name);
  }

  /** Why this GPU never runs jobs, with advice for the user; empty if it can. */
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
    return computeCapability.get().refusal().or(this::driverRefusal);
  }

  private Optional<String> driverRefusal() {
    Matcher branch = BRANCH.matcher(driver);
    return branch.matches() && Integer.parseInt(branch.group(1)) < OLDEST_DRIVER
        ? Optional.of(
            "Its driver %s is too old: the engine, built with CUDA 11.6, needs %d or newer."
                .formatted(driver, OLDEST_DRIVER))
        : Optional.empty();
  }

  /** Variables that make this GPU the only one that a worker sees, and its device 0. */
  public Map<String, String> environment() {
    return Map.of("CUDA_VISIBLE_DEVICES", uuid);
  }
}
