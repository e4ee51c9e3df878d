package org.bagnetlab.queue.device;

/**
 * How many jobs may run on a GPU at the same time.
 *
 * @param count number of slots, from 1 to {@value #MOST}
 * @param measured whether each job gets as much memory as jobs like it needed, so that fewer than
 *     {@code count} jobs may fit; otherwise each gets an equal share
 */
public record GpuSlots(int count, boolean measured) {

  /** The largest number of slots. */
  public static final int MOST = 16;

  /** One job at a time, which has the whole GPU. */
  public static final GpuSlots ONE = new GpuSlots(1, false);

  /** Slots offered if memory decides how many of them are used. */
  private static final int OFFERED = 8;

  /** With fewer cores, a worker cannot prepare images as fast as a GPU uses them. */
  private static final int CORES_OF_A_WORKER = 2;

  /** Checks the number. */
  public GpuSlots {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "slots must be from 1 to %d, but is %d".formatted(MOST, count));
    }
  }

  /** Slots with equal shares of the memory. */
  public static GpuSlots equal(int count) {
    return new GpuSlots(count, false);
  }

  /** As many jobs as fit, by the memory that jobs like them needed. */
  public static GpuSlots byMeasurement() {
    return new GpuSlots(OFFERED, true);
  }

  /** How many jobs run at once, as text. */
  public String text() {
    if (!shared()) {
      return "one job at a time";
    }
    return measured
        ? "up to %d jobs at once, as many as fit its memory".formatted(count)
        : "%d jobs at once".formatted(count);
  }

  /** Whether jobs may share the GPU. */
  public boolean shared() {
    return count > 1;
  }

  /** The slots of a GPU whose workers have this many cores: a requested number is not changed. */
  GpuSlots with(int cores) {
    return measured ? new GpuSlots(Math.clamp(cores / CORES_OF_A_WORKER, 1, count), true) : this;
  }
}
