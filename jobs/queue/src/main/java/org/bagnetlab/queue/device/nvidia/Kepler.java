package org.bagnetlab.queue.device.nvidia;

import java.util.Map;
import java.util.Optional;

/**
 * Compute capabilities of the Kepler generation's GPUs for computing, by name. Their last driver,
 * 470, comes with an nvidia-smi that does not support the property, so no update will ever report
 * it. Source: NVIDIA's table of legacy CUDA GPUs.
 */
final class Kepler {

  private static final Map<String, ComputeCapability> CAPABILITIES =
      Map.of(
          "Tesla K10", new ComputeCapability(3, 0),
          "Tesla K20", new ComputeCapability(3, 5),
          "Tesla K40", new ComputeCapability(3, 5),
          "Tesla K80", new ComputeCapability(3, 7));

  private Kepler() {}

  /** Models have suffixes: {@code Tesla K40c}, {@code Tesla K20Xm}. */
  static Optional<ComputeCapability> computeCapability(String name) {
    return CAPABILITIES.entrySet().stream()
        .filter(model -> name.startsWith(model.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
