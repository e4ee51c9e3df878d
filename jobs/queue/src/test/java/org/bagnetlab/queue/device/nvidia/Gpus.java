package org.bagnetlab.queue.device.nvidia;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** GPUs to test with. */
public final class Gpus {

  public static final long GIB = 1L << 30;

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

  /** One with a power draw in watts and a utilisation in percent. */
  public static Gpu using(OptionalDouble power, OptionalLong utilisation) {
    return gpu(0, 0, 24 * GIB, 30, power, utilisation);
  }

  private static Gpu gpu(int index, long used, long free, int temperature) {
    return gpu(index, used, free, temperature, OptionalDouble.of(20), OptionalLong.of(0));
  }

  /** One with readings of its memory. */
  public static Gpu gpu(int index, long total, long used, long free) {
    return gpu(index, total, used, free, 30, OptionalDouble.of(20), OptionalLong.of(0));
  }

  private static Gpu gpu(
      int index,
      long used,
      long free,
      int temperature,
      OptionalDouble power,
      OptionalLong utilisation) {
    return gpu(index, 24 * GIB, used, free, temperature, power, utilisation);
  }

  private static Gpu gpu(
      int index,
      long total,
      long used,
      long free,
      int temperature,
      OptionalDouble power,
      OptionalLong utilisation) {
    return new Gpu(
        index,
        "GPU-" + index,
        "NVIDIA RTX A5000",
        "535.161.07",
        OptionalLong.of(total),
        OptionalLong.of(used),
        OptionalLong.of(free),
        utilisation,
        OptionalLong.of(temperature),
        power,
        false,
        Optional.of(new BigDecimal("8.6")),
        Optional.empty());
  }
}
