package org.bagnetlab.queue.device;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;

/**
 * The devices of a queue.
 *
 * @param slots places that jobs run on
 * @param gpus queries the GPUs before each start of a job; empty if no slot has a GPU
 * @param meters measure what jobs use of the devices
 */
public record QueueDevices(List<DeviceSlot> slots, Optional<NvidiaSmi> gpus, DeviceMeters meters) {}
