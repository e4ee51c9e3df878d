package org.bagnetlab.queue.window;

import org.bagnetlab.queue.device.DeviceSlot;

/**
 * When devices run the jobs of the queue. Interactive jobs run at any time.
 *
 * @param gpu for GPUs, on this machine or of Slurm
 * @param cpu for CPUs
 */
public record JobWindows(OpeningHours gpu, OpeningHours cpu) {

  /** No restrictions. */
  public static JobWindows always() {
    return new JobWindows(OpeningHours.always(), OpeningHours.always());
  }

  /** The hours of a device. */
  public OpeningHours of(DeviceSlot slot) {
    return slot.isGpu() ? gpu : cpu;
  }
}
