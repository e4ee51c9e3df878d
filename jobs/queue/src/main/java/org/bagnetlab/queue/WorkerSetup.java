package org.bagnetlab.queue;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.device.DeviceMeters;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;

/**
 * How a queue runs its jobs.
 *
 * @param launcher starts workers
 * @param slots devices that jobs run on
 * @param lane where interactive jobs run; empty if the server has no such lane
 * @param gates conditions checked before each start of a job
 * @param gpus queries the GPUs before each start of a job; empty if no slot has a GPU
 * @param meters measure what jobs use of the devices
 * @param policy when jobs run, and which are reported or stopped
 * @param limits timeouts and retries
 */
public record WorkerSetup(
    WorkerLauncher launcher,
    List<DeviceSlot> slots,
    Optional<InteractiveLane> lane,
    List<StartGate> gates,
    Optional<NvidiaSmi> gpus,
    DeviceMeters meters,
    JobPolicy policy,
    WorkerLimits limits) {}
