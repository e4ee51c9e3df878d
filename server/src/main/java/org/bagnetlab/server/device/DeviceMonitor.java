package org.bagnetlab.server.device;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.device.DeviceMeters;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuWatch;
import org.bagnetlab.queue.device.ProcessorEnergy;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.storage.database.Database;

/**
 * Reads the devices, to measure what jobs use of them and to keep their history.
 *
 * @param watch reads the GPUs; empty if jobs run on the CPU by configuration
 * @param meters measure what jobs use
 * @param history the readings of the GPUs
 */
public record DeviceMonitor(Optional<GpuWatch> watch, DeviceMeters meters, GpuHistory history) {

  /** A monitor of these devices, which reads nothing yet. */
  public static DeviceMonitor of(Vertx vertx, Database database, Devices devices, Clock clock) {
    return new DeviceMonitor(
        devices.gpus().map(gpus -> new GpuWatch(vertx, gpus)),
        new DeviceMeters(ProcessorEnergy.ofThisMachine(), System::nanoTime),
        new GpuHistory(vertx, database, clock));
  }

  /** Reads the GPUs from now on, and publishes them. */
  public void start(JobQueue queue) {
    watch.ifPresent(
        gpus ->
            gpus.start(
                GpuWatch.INTERVAL,
                queue::usesGpus,
                inventory -> {
                  meters.read(inventory);
                  history.add(inventory);
                  queue.publishGpus();
                }));
  }

  /** The GPUs in nvidia-smi's last answer; none if jobs run on the CPU by configuration. */
  public List<Gpu> latest() {
    return watch.map(GpuWatch::latest).orElse(List.of());
  }

  /** Stops reading. Call before Vert.x is closed, from any thread. */
  public void stop() {
    watch.ifPresent(GpuWatch::stop);
  }
}
