package org.bagnetlab.queue.device.nvidia;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** GPUs and readings to test with. */
final class Gpus {

  static final long GIB = 1L << 30;

  private Gpus() {}

  static Gpu gpu(int index) {
    return gpu(index, Optional.of(new ComputeCapability(8, 6)), "535.161.07", false);
  }

  static Gpu gpu(
      int index, Optional<ComputeCapability> computeCapability, String driver, boolean mig) {
    return new Gpu(
        index,
        "GPU-" + index,
        "NVIDIA RTX A5000",
        computeCapability,
        driver,
        OptionalLong.of(24 * GIB),
        mig);
  }

  /** A reading at a temperature, to tell it from others. */
  static GpuReading reading(int temperature) {
    return new GpuReading(
        OptionalLong.of(0),
        OptionalLong.of(24 * GIB),
        OptionalInt.of(0),
        OptionalInt.of(temperature),
        Optional.empty());
  }

  static GpuReading memory(long used, long free) {
    return new GpuReading(
        OptionalLong.of(used),
        OptionalLong.of(free),
        OptionalInt.of(0),
        OptionalInt.of(30),
        Optional.empty());
  }
}
