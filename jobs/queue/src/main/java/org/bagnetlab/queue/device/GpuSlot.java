package org.bagnetlab.queue.device;

import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * One of a GPU's slots.
 *
 * @param gpu the GPU, as it was when the server started
 * @param slots the slots that the GPU has
 * @param number number of this slot, from 1
 */
public record GpuSlot(Gpu gpu, GpuSlots slots, int number) {

  /** The display name: that of the GPU, with the number of the slot if there are several. */
  String label() {
    return slots.shared() ? "%s, slot %d".formatted(gpu.label(), number) : gpu.label();
  }
}
