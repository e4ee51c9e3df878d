package org.bagnetlab.queue.device.nvidia;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A GPU of this machine and its readings: a row of nvidia-smi. Values that nvidia-smi does not
 * report are empty, never zero.
 *
 * @param index nvidia-smi's index, in the order of the PCI bus. By default CUDA numbers GPUs by
 *     speed, so workers cannot use this index; see {@link #environment()}.
 * @param uuid NVIDIA's hardware identifier: {@code GPU-} and hexadecimal digits
 * @param name product name
 * @param driver the running driver's version
 * @param memoryTotal bytes; empty, for example, in containers with a part of a MIG GPU, or on chips
 *     that share the machine's memory
 * @param memoryUsed bytes used by all programs
 * @param memoryFree bytes. Newer drivers reserve some, so that used and free memory add up to less
 *     than the total.
 * @param utilisation recent utilisation in percent
 * @param temperature °C
 * @param power current power draw in watts
 * @param mig whether it is partitioned into MIG instances
 * @param computeCapability version of its instruction set, for example {@code 8.6}, which decides
 *     whether an engine's machine code runs on it
 * @param fault what nvidia-smi reports instead of a number when the GPU has failed: {@code GPU
 *     requires reset}. Its memory may still appear free.
 */
public record Gpu(
    int index,
    String uuid,
    String name,
    String driver,
    OptionalLong memoryTotal,
    OptionalLong memoryUsed,
    OptionalLong memoryFree,
    OptionalLong utilisation,
    OptionalLong temperature,
    OptionalDouble power,
    boolean mig,
    Optional<BigDecimal> computeCapability,
    Optional<String> fault) {

  /** Estimated memory that CUDA, cuDNN and a small network need, in bytes. */
  private static final long NEEDED = 2L << 30;

  /** The share of the memory that other programs may use, such as a desktop. */
  private static final double LEFT_TO_OTHERS = 0.1;

  private static final double GIB = 1 << 30;

  /** The display label: {@code GPU 0 (Tesla V100-SXM2-16GB)}. */
  public String label() {
    return "GPU %d (%s)".formatted(index, name);
  }

  /** The label without the product name: {@code GPU 0}. */
  public String shortName() {
    return "GPU " + index;
  }

  /** Environment variables that make this GPU the only one a worker sees, as its device 0. */
  public Map<String, String> environment() {
    return Map.of("CUDA_VISIBLE_DEVICES", uuid);
  }

  /** Why no engine can ever use this GPU, with advice; empty if an engine may be able to. */
  public Optional<String> unsupported() {
    if (mig) {
      return Optional.of(
          label()
              + " cannot run jobs. It is partitioned into MIG instances: disable MIG to use it.");
    }
    return computeCapability.isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s cannot run jobs. nvidia-smi does not report its compute capability with driver %s: %s."
                .formatted(label(), driver, SmiOutput.NEWER_DRIVER));
  }

  /** How the GPU has failed, as a sentence; empty if it works. */
  public Optional<String> failure() {
    return fault.map(
        said -> "GPU %d has failed: nvidia-smi reports \"%s\".".formatted(index, said));
  }

  /**
   * Why no job may start on this GPU now, as a sentence; empty if a job may start. Only valid while
   * no job of this server uses the GPU, because a job's memory cannot be distinguished from that of
   * other programs. Compares used memory, not free memory: newer drivers reserve up to several
   * percent.
   */
  public Optional<String> unavailable() {
    return unusable().or(this::shortOfMemory);
  }

  /** Why no job may start on this GPU, regardless of its free memory; empty if a job may. */
  public Optional<String> unusable() {
    return failure().or(this::unsupported).or(this::withoutReadings);
  }

  private Optional<String> withoutReadings() {
    return memoryTotal.isEmpty() || memoryUsed.isEmpty() || memoryFree.isEmpty()
        ? Optional.of("GPU %d does not report its free memory.".formatted(index))
        : Optional.empty();
  }

  private boolean isCrowdedBy(long others) {
    return others > LEFT_TO_OTHERS * memoryTotal.orElseThrow();
  }

  /**
   * Why no further job may start although the GPU has memory left: other programs use too much of
   * it.
   *
   * @param others bytes that other programs use
   */
  public Optional<String> crowdedBy(long others) {
    return isCrowdedBy(others)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Other programs use %.1f of %.1f GiB of GPU %d.",
                others / GIB,
                memoryTotal.orElseThrow() / GIB,
                index))
        : Optional.empty();
  }

  private Optional<String> shortOfMemory() {
    boolean used = isCrowdedBy(memoryUsed.orElseThrow());
    return used || memoryFree.orElseThrow() < NEEDED
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "GPU %d has %.1f of %.1f GiB free; %s",
                index,
                memoryFree.orElseThrow() / GIB,
                memoryTotal.orElseThrow() / GIB,
                used ? "another program is using it." : "a job needs 2.0 GiB."))
        : Optional.empty();
  }
}
