package org.bagnetlab.queue.device.nvidia;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets a job start on a GPU only if it is free, so that other programs, such as a colleague's job
 * or a desktop, are not disturbed. Check it before a worker starts, never while one of ours runs:
 * it cannot distinguish our memory from others'.
 *
 * @param leastFree bytes that a job needs
 * @param mostUsed share of all memory, from 0 to 1, that may be in use by others
 */
public record FreeMemoryGate(long leastFree, double mostUsed) {

  private static final double GIBIBYTE = 1 << 30;

  public FreeMemoryGate {
    if (leastFree < 0 || !(mostUsed >= 0 && mostUsed <= 1)) {
      throw new IllegalArgumentException(
          "Invalid thresholds: %d bytes, fraction %s.".formatted(leastFree, mostUsed));
    }
  }

  /**
   * Nine tenths of the memory are unused, and 2 GiB are free, an estimate of what CUDA, cuDNN and a
   * small network need. The tenth in use is measured by the memory of programs, not by free memory,
   * because newer drivers reserve up to several percent.
   */
  public static FreeMemoryGate standard() {
    return new FreeMemoryGate(2L << 30, 0.1);
  }

  /** Why no job may start on the GPU now, as a sentence; empty if one may. */
  public Optional<String> refusal(GpuStatus status) {
    Gpu gpu = status.gpu();
    GpuReading reading = status.reading();
    if (status.refusal().isPresent()) {
      return status.refusal();
    }
    OptionalLong total = gpu.memoryTotal();
    OptionalLong used = reading.memoryUsed();
    OptionalLong free = reading.memoryFree();
    if (total.isEmpty() || used.isEmpty() || free.isEmpty()) {
      return Optional.of("GPU %d does not report its free memory.".formatted(gpu.index()));
    }
    if (used.getAsLong() > mostUsed * total.getAsLong()) {
      return Optional.of(
          free(gpu, free.getAsLong(), total.getAsLong()) + "; another program is using it.");
    }
    if (free.getAsLong() < leastFree) {
      return Optional.of(
          free(gpu, free.getAsLong(), total.getAsLong())
              + "; a job needs %s GiB.".formatted(gibibytes(leastFree)));
    }
    return Optional.empty();
  }

  private static String free(Gpu gpu, long free, long total) {
    return "GPU %d has %s of %s GiB free".formatted(gpu.index(), gibibytes(free), gibibytes(total));
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIBIBYTE);
  }
}
