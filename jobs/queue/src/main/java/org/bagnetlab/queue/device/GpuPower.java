package org.bagnetlab.queue.device;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A GPU's energy and utilisation, integrated over the readings of nvidia-smi: each holds until the
 * next one. A reading that is too old counts as unknown.
 */
public final class GpuPower implements DeviceMeter.Counter {

  /** How long a reading holds at most, in nanoseconds: a hanging driver answers nothing. */
  private static final long VALID = 60_000_000_000L;

  private final LongSupplier ticker;
  private OptionalDouble watts = OptionalDouble.empty();
  private OptionalDouble utilisation = OptionalDouble.empty();
  private long readAt;
  private long countedTo;
  private double joules;
  private boolean known;
  private double busySeconds;
  private double seconds;

  /**
   * A counter without readings.
   *
   * @param ticker time in nanoseconds from an arbitrary origin
   */
  public GpuPower(LongSupplier ticker) {
    this.ticker = ticker;
    this.countedTo = ticker.getAsLong();
  }

  /** Uses a new reading from now on. */
  public synchronized void read(Gpu gpu) {
    count();
    readAt = ticker.getAsLong();
    watts = gpu.power();
    utilisation =
        gpu.utilisation().isPresent()
            ? OptionalDouble.of(gpu.utilisation().getAsLong() / 100.0)
            : OptionalDouble.empty();
    known |= watts.isPresent();
  }

  private void count() {
    long now = ticker.getAsLong();
    double elapsed = Math.max(0, Math.min(now, readAt + VALID) - countedTo) / 1e9;
    joules += watts.orElse(0) * elapsed;
    if (utilisation.isPresent()) {
      busySeconds += utilisation.getAsDouble() * elapsed;
      seconds += elapsed;
    }
    countedTo = now;
  }

  @Override
  public synchronized DeviceMeter.Reading read() {
    count();
    return new DeviceMeter.Reading(
        known ? OptionalDouble.of(joules) : OptionalDouble.empty(), busySeconds, seconds);
  }
}
