package org.bagnetlab.queue.device;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.nvidia.Gpu;

/** An engine for GPUs, with the GPUs that it supports. */
public enum GpuEngine {
  /**
   * libtorch 2.13, built with CUDA 13: machine code for 7.5, 8.0, 8.6, 8.9, 9.0, 10.0 and 12.0, and
   * PTX for later ones. Its libraries are those that it needs ({@code readelf -d}) but that its
   * jars lack, and nvJitLink, which cuSPARSE and cuSOLVER need.
   */
  TORCH(
      "libtorch",
      "torch-cuda",
      "7.5",
      Optional.empty(),
      580,
      """
      libcudart.so.13 libcupti.so.13 libcublas.so.13 libcublasLt.so.13 libcufft.so.12
      libcufile.so.0 libcurand.so.10 libcusolver.so.12 libcusparse.so.12 libnvJitLink.so.13
      libnvrtc.so.13 libcudnn.so.9 libnccl.so.2"""),
  /**
   * ND4J 1.0.0-M2.1, built with CUDA 11.6: machine code for 3.7 to 8.6 and no PTX. NVIDIA's rule is
   * that a GPU also runs code for a lower minor version of its major one, which includes 8.9;
   * untested with this engine. Driver 510 came with CUDA 11.6.
   */
  ND4J("ND4J", "cuda", "3.7", Optional.of("8.9"), 510, "");

  private static final Pattern BRANCH = Pattern.compile("(\\d{1,5})\\..*");

  private final String label;
  private final String classPath;
  private final BigDecimal oldest;
  private final Optional<BigDecimal> newest;
  private final int driver;
  private final String libraries;

  /**
   * An engine with its requirements.
   *
   * @param oldest oldest compute capability
   * @param newest newest compute capability; empty for no limit
   * @param driver oldest major version of the driver
   * @param libraries shared libraries that the machine or jars of the class path must have
   */
  GpuEngine(
      String label,
      String classPath,
      String oldest,
      Optional<String> newest,
      int driver,
      String libraries) {
    this.label = label;
    this.classPath = classPath;
    this.oldest = new BigDecimal(oldest);
    this.newest = newest.map(BigDecimal::new);
    this.driver = driver;
    this.libraries = libraries;
  }

  /** Its display name. */
  public String label() {
    return label;
  }

  /** The class path of workers that use it: {@link DeviceSlot#backend()}. */
  public String classPath() {
    return classPath;
  }

  /** Whether a process can be limited to a share of the memory, so that jobs can share a GPU. */
  boolean limitsMemory() {
    return switch (this) {
      case TORCH -> true;
      case ND4J -> false;
    };
  }

  /** The slots that a GPU with this engine has: one if its jobs cannot share the GPU. */
  public GpuSlots slots(GpuSlots wanted) {
    return limitsMemory() ? wanted : GpuSlots.ONE;
  }

  /**
   * Shared libraries that the machine or jars of the class path must have, as the dynamic linker
   * names them.
   */
  public List<String> libraries() {
    return libraries.lines().flatMap(line -> Stream.of(line.split(" "))).toList();
  }

  /** Why the engine cannot use a GPU with its driver, as a sentence; empty if it can. */
  public Optional<String> refusal(Gpu gpu) {
    return gpu.computeCapability().flatMap(this::refusal).or(() -> refusal(gpu.driver()));
  }

  private Optional<String> refusal(BigDecimal capability) {
    boolean supported =
        capability.compareTo(oldest) >= 0
            && newest.filter(last -> capability.compareTo(last) > 0).isEmpty();
    return supported
        ? Optional.empty()
        : Optional.of(
            "%s runs on compute capabilities %s, this GPU has %s."
                .formatted(
                    label(),
                    newest.map(last -> oldest + " to " + last).orElse("from " + oldest),
                    capability));
  }

  private Optional<String> refusal(String running) {
    Matcher branch = BRANCH.matcher(running);
    return branch.matches() && Integer.parseInt(branch.group(1)) < driver
        ? Optional.of(
            "%s needs driver %d or newer, %s is running.".formatted(label(), driver, running))
        : Optional.empty();
  }
}
