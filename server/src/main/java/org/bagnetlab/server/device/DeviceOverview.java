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
import org.bagnetlab.queue.device.nvidia.GpuHistory;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.bagnetlab.server.json.DeviceJson;

/**
 * What jobs run on, how busy it is, and which GPUs run none.
 *
 * @param queue knows what runs
 * @param devices as they were chosen
 * @param watch of the GPUs; empty: jobs shall run on the CPU
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
            ours.stream().map(device -> shown(device, history)),
            seen().filter(gpu -> !used.contains(gpu.gpu().uuid())).map(gpu -> idle(gpu, history)))
        .toList();
  }

  private DeviceJson shown(Device device, Duration history) {
    Optional<Gpu> gpu = device.gpu();
    if (gpu.isEmpty()) {
      return DeviceJson.cpu(device, devices.fallback());
    }
    return seen()
        .filter(status -> status.gpu().uuid().equals(gpu.get().uuid()))
        .findFirst()
        .map(status -> DeviceJson.gpu(device, status, points(gpu.get(), history)))
        .orElseGet(() -> DeviceJson.of(device));
  }

  private DeviceJson idle(GpuStatus status, Duration history) {
    return DeviceJson.idle(
        status, reason(status), inFallback(status), points(status.gpu(), history));
  }

  /** A GPU that could run jobs is unused because of the others, or was added later. */
  private String reason(GpuStatus status) {
    return refusal(status)
        .or(devices::fallback)
        .orElseGet(
            () ->
                status.gpu().label()
                    + " was added after the server started: restart the server to use it.");
  }

  private boolean inFallback(GpuStatus status) {
    return devices.fallback().isPresent()
        && (refusal(status).isEmpty() || devices.refused().contains(status.gpu().uuid()));
  }

  private Optional<String> refusal(GpuStatus status) {
    return status.refusal().or(() -> devices.engines().refusal(status.gpu()));
  }

  private Stream<GpuStatus> seen() {
    return watch.stream().flatMap(watching -> watching.latest().stream());
  }

  private List<GpuHistory.Point> points(Gpu gpu, Duration history) {
    List<GpuHistory.Point> all = watch.map(seen -> seen.points(gpu.uuid())).orElse(List.of());
    if (all.isEmpty()) {
      return all;
    }
    Instant oldest = all.get(all.size() - 1).at().minus(history);
    return all.stream().filter(point -> !point.at().isBefore(oldest)).toList();
  }
}
