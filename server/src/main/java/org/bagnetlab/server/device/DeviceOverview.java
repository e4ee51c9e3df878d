package org.bagnetlab.server.device;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Mps;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.json.DevicePointJson;
import org.bagnetlab.storage.device.GpuReadingRow;

/**
 * Lists the devices that jobs run on, with their load, and the GPUs that run no jobs.
 *
 * @param queue the queue, which knows the running jobs
 * @param devices the devices chosen when the server started
 * @param monitor reads the devices
 * @param mps the service with which jobs share GPUs
 */
public record DeviceOverview(JobQueue queue, Devices devices, DeviceMonitor monitor, Mps mps) {

  /** All devices, each GPU with its recent readings. */
  public Future<List<DeviceJson>> list(Duration length) {
    return monitor.history().recent(seen().map(Gpu::uuid).toList(), length).map(this::list);
  }

  private List<DeviceJson> list(Map<String, List<GpuReadingRow>> readings) {
    List<Device> ours = queue.devices();
    Set<String> used =
        ours.stream()
            .flatMap(device -> device.gpu().stream())
            .map(Gpu::uuid)
            .collect(Collectors.toSet());
    return Stream.concat(
            ours.stream().map(device -> running(device, readings)),
            seen().filter(gpu -> !used.contains(gpu.uuid())).map(gpu -> idle(gpu, readings)))
        .toList();
  }

  private DeviceJson running(Device device, Map<String, List<GpuReadingRow>> readings) {
    Optional<Gpu> seen =
        device
            .gpu()
            .flatMap(gpu -> seen().filter(now -> now.uuid().equals(gpu.uuid())).findFirst());
    return DeviceJson.of(
        seen.map(device::with).orElse(device),
        1,
        device.slot().isPresent() ? Optional.of(mps.sharing()) : Optional.empty(),
        devices.fallback(),
        false,
        // The slots of a GPU have the same history.
        seen.map(gpu -> device.slot().orElse(1) == 1 ? points(gpu, readings) : List.of()));
  }

  private DeviceJson idle(Gpu gpu, Map<String, List<GpuReadingRow>> readings) {
    return DeviceJson.of(
        Device.unused(gpu, reason(gpu)),
        0,
        Optional.empty(),
        Optional.empty(),
        inFallback(gpu),
        Optional.of(points(gpu, readings)));
  }

  /**
   * The reason why a GPU runs no jobs: it is not supported, other GPUs were preferred, or it was
   * added after the server started.
   */
  private String reason(Gpu gpu) {
    return devices
        .engines()
        .refusal(gpu)
        .or(devices::fallback)
        .orElseGet(
            () ->
                gpu.label() + " was added after the server started: restart the server to use it.");
  }

  private boolean inFallback(Gpu gpu) {
    return devices.fallback().isPresent()
        && (devices.engines().refusal(gpu).isEmpty() || devices.refused().contains(gpu.uuid()));
  }

  private Stream<Gpu> seen() {
    return monitor.latest().stream();
  }

  private static List<DevicePointJson> points(Gpu gpu, Map<String, List<GpuReadingRow>> readings) {
    return readings.getOrDefault(gpu.uuid(), List.of()).stream().map(DevicePointJson::of).toList();
  }
}
