package org.bagnetlab.queue.lane;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.queue.device.DeviceSlot;

/**
 * The lane for interactive jobs: they run on the CPU, one at a time, in the order of submission, in
 * parallel to the devices.
 *
 * @param slot where its workers compute; not one of the devices
 * @param mostPasses the maximum cost of a job, in forward passes of a network of full width over an
 *     image of {@link #IMAGE_SIZE} pixels
 * @param mostWaiting maximum number of waiting jobs
 */
public record InteractiveLane(DeviceSlot slot, double mostPasses, int mostWaiting) {

  /** Side in pixels of the images by which costs are measured. */
  public static final int IMAGE_SIZE = 224;

  /** A pass of BagNet-33 takes about 0.1 s on two cores, so this takes at most 20 s on one. */
  private static final double MOST_PASSES = 100;

  private static final int MOST_WAITING = 16;

  /**
   * The lane's workers may use a quarter of the memory that the only worker of a machine may use.
   */
  private static final int SHARING = 4;

  /** A few threads are fast enough for one image, and leave most cores to the devices. */
  private static final int CORES_A_THREAD = 4;

  private static final List<String> CPU_CLASS_PATHS = List.of("cpu", "torch");

  /**
   * The lane for a machine; empty if the application has no class path for the CPU.
   *
   * @param slots slots of the devices
   * @param classPaths workers' class paths that the application has
   * @param cores number of cores of the machine
   */
  public static Optional<InteractiveLane> of(
      List<DeviceSlot> slots, Set<String> classPaths, int cores) {
    return slots.stream()
        .filter(slot -> slot.gpu().isEmpty())
        .map(DeviceSlot::backend)
        .findFirst()
        .or(() -> CPU_CLASS_PATHS.stream().filter(classPaths::contains).findFirst())
        .map(
            backend ->
                new InteractiveLane(
                    new DeviceSlot(
                        "CPU (interactive)",
                        backend,
                        Math.max(1, cores / CORES_A_THREAD),
                        SHARING * Math.max(1, slots.size()),
                        Optional.empty()),
                    MOST_PASSES,
                    MOST_WAITING));
  }
}
