package org.bagnetlab.queue.device;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.queue.device.nvidia.ComputeCapability;
import org.bagnetlab.queue.device.nvidia.Gpu;

/** An engine that can compute on GPUs, and which of them it can use. */
public enum GpuEngine {
  /** libtorch 2.13, built with CUDA 13. */
  TORCH,
  /** ND4J 1.0.0-M2.1, built with CUDA 11.6. */
  ND4J;

  /**
   * Machine code for 7.5, 8.0, 8.6, 8.9, 9.0, 10.0 and 12.0, and PTX for what comes after. The
   * libraries are what its own ask for ({@code readelf -d}), which the jars do not have.
   */
  private static final Rules LIBTORCH =
      new Rules(
          "libtorch",
          "torch-cuda",
          new ComputeCapability(7, 5),
          Optional.empty(),
          580,
          List.of(
              "libcudart.so.13",
              "libcublas.so.13",
              "libcublasLt.so.13",
              "libcufft.so.12",
              "libcufile.so.0",
              "libcurand.so.10",
              "libcusolver.so.12",
              "libcusparse.so.12",
              "libnvrtc.so.13",
              "libcudnn.so.9",
              "libnccl.so.2"));

  /**
   * Machine code for 3.7 to 8.6 and no PTX. NVIDIA's rule is that a GPU also runs code for a lower
   * minor version of its major one, which lets 8.9 in; untested with this engine. Driver 450 is the
   * oldest that runs applications of CUDA 11.6, by CUDA's minor version compatibility.
   */
  private static final Rules CUDA_11 =
      new Rules(
          "ND4J",
          "cuda",
          new ComputeCapability(3, 7),
          Optional.of(new ComputeCapability(8, 9)),
          450,
          List.of());

  private static final Pattern BRANCH = Pattern.compile("(\\d{1,5})\\..*");

  /**
   * What an engine needs.
   *
   * @param label its name for people
   * @param classPath of its workers
   * @param oldest compute capability
   * @param newest compute capability; empty: there is none
   * @param driver the oldest major version
   * @param libraries of the machine
   */
  private record Rules(
      String label,
      String classPath,
      ComputeCapability oldest,
      Optional<ComputeCapability> newest,
      int driver,
      List<String> libraries) {}

  private Rules rules() {
    return switch (this) {
      case TORCH -> LIBTORCH;
      case ND4J -> CUDA_11;
    };
  }

  /** Its name for people. */
  public String label() {
    return rules().label();
  }

  /** The workers' class path with it: {@link DeviceSlot#backend()}. */
  public String classPath() {
    return rules().classPath();
  }

  /** Shared libraries that the machine must have, as the dynamic linker names them. */
  public List<String> libraries() {
    return rules().libraries();
  }

  /** Why it cannot use a GPU with its driver, as a sentence; empty if it can. */
  public Optional<String> refusal(Gpu gpu) {
    return gpu.computeCapability().flatMap(this::refusal).or(() -> refusal(gpu.driver()));
  }

  private Optional<String> refusal(ComputeCapability capability) {
    ComputeCapability oldest = rules().oldest();
    Optional<ComputeCapability> newest = rules().newest();
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
    return branch.matches() && Integer.parseInt(branch.group(1)) < rules().driver()
        ? Optional.of(
            "%s needs driver %d or newer, %s is running."
                .formatted(label(), rules().driver(), running))
        : Optional.empty();
  }
}
