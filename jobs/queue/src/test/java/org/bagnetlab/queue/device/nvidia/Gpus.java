package org.bagnetlab.queue.device.nvidia;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** GPUs to test with. */
public final class Gpus {

  static final long GIB = 1L << 30;

  private Gpus() {}

  /** An idle one. */
  public static Gpu gpu(int index) {
    return gpu(index, 0, 24 * GIB, 30);
  }

  /** One at a temperature, to tell its reading from others. */
  public static Gpu gpu(int index, int temperature) {
    return gpu(index, 0, 24 * GIB, temperature);
  }

  /** One with memory in use. */
  static Gpu gpu(long used, long free) {
    return gpu(0, used, free, 30);
  }

  private static Gpu gpu(int index, long used, long free, int temperature) {
    return new Gpu(
        index,
        "GPU-" + index,
        "NVIDIA RTX A5000",
        "535.161.07",
        OptionalLong.of(24 * GIB),
        OptionalLong.of(used),
        OptionalLong.of(free),
        OptionalLong.of(0),
        OptionalLong.of(temperature),
        false,
        Optional.of(new BigDecimal("8.6")),
        Optional.empty());
  }
}
