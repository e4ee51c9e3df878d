package org.bagnetlab.queue;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.device.QueueDevices;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;

/**
 * How a queue runs its jobs.
 *
 * @param launcher starts workers
 * @param devices devices that jobs run on
 * @param lane where interactive jobs run; empty if the server has no such lane
 * @param gates conditions checked before each start of a job
 * @param policy when jobs run, and which are reported or stopped
 * @param limits timeouts and retries
 */
public record WorkerSetup(
    WorkerLauncher launcher,
    QueueDevices devices,
    Optional<InteractiveLane> lane,
    List<StartGate> gates,
    JobPolicy policy,
    WorkerLimits limits) {}
