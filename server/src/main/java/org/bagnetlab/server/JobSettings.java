package org.bagnetlab.server;

import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.queue.window.JobWindows;

/**
 * How a server runs jobs.
 *
 * @param devices the devices that jobs run on
 * @param launcher starts workers
 * @param limits timeouts of workers
 * @param windows when devices run jobs
 */
public record JobSettings(
    Devices devices, WorkerLauncher launcher, WorkerLimits limits, JobWindows windows) {}
