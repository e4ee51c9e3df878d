package org.bagnetlab.server.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuWatch;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.server.json.DeviceJson;

/**
 * Lists the devices that jobs run on, with their load, and the GPUs that run no jobs.
 *
 * @param queue the queue, which knows the running jobs
 * @param devices the devices chosen when the server started
 * @param watch monitors the GPUs; empty if jobs run on the CPU by configuration
 */
public record DeviceOverview(JobQueue queue, Devices devices, Optional<GpuWatch> watch) {

  /** All devices, each GPU with its recent readings. */
  public List<DeviceJson> list(Duration history) {
    List<Device> ours = queue.devices();
    Set<String> used =
        ours.stream()
            .flatMap(device -> device.gpu().stream())
            .map(Gpu::uuid)
            .collect(Collectors.toSet());
    return Stream.concat(
            ours.stream().map(device -> running(device, history)),
            seen().filter(gpu -> !used.contains(gpu.uuid())).map(gpu -> idle(gpu, history)))
        .toList();
  }

  private DeviceJson running(Device device, Duration history) {
    Optional<Gpu> seen =
        device
            .gpu()
            .flatMap(gpu -> seen().filter(now -> now.uuid().equals(gpu.uuid())).findFirst());
    return DeviceJson.of(
        seen.map(device::with).orElse(device),
        1,
        devices.fallback(),
        false,
        seen.map(gpu -> points(gpu, history)));
  }

  private DeviceJson idle(Gpu gpu, Duration history) {
    return DeviceJson.of(
        new Device(gpu.label(), 0, Optional.of(gpu), Optional.empty(), Optional.of(reason(gpu))),
        0,
        Optional.empty(),
        inFallback(gpu),
        Optional.of(points(gpu, history)));
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
    return watch.stream().flatMap(watching -> watching.latest().stream());
  }

  private List<GpuWatch.Point> points(Gpu gpu, Duration history) {
    List<GpuWatch.Point> all = watch.map(seen -> seen.points(gpu.uuid())).orElse(List.of());
    if (all.isEmpty()) {
      return all;
    }
    Instant oldest = all.getLast().at().minus(history);
    return all.stream().filter(point -> !point.at().isBefore(oldest)).toList();
  }
}
