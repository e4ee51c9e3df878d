package org.bagnetlab.server;

import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.run.WorkerLimits;

/**
 * How a server runs jobs.
 *
 * @param devices the devices that jobs run on
 * @param launcher starts workers
 * @param limits timeouts of workers
 * @param policy when jobs run, and which are reported or stopped
 */
public record JobSettings(
    Devices devices, WorkerLauncher launcher, WorkerLimits limits, JobPolicy policy) {}
