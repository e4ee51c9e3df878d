package org.bagnetlab.queue.process;

/** Knows how to start a worker on a device. */
@FunctionalInterface
public interface WorkerLauncher {

  /** The command line of a worker that computes on this device. */
  CommandLine commandLine(DeviceSlot slot);
}
