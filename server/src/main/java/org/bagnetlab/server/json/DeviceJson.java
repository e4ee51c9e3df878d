package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.GpuHistory;
import org.bagnetlab.queue.device.nvidia.GpuReading;
import org.bagnetlab.queue.device.nvidia.GpuStatus;
import org.jspecify.annotations.Nullable;

/**
 * A device in the API; values that it does not report are absent.
 *
 * @param slots number of concurrent jobs; 0: a GPU that runs none
 * @param fallback why jobs run here although GPUs were requested
 * @param inFallback present only if the fallback already includes the refusal
 */
public record DeviceJson(
    String name,
    int slots,
    int busy,
    int threads,
    Optional<Long> job,
    Optional<String> refusal,
    Optional<String> fallback,
    Optional<Boolean> inFallback,
    @JsonUnwrapped @Nullable GpuJson gpu) {

  /**
   * A GPU and what it reports.
   *
   * @param memoryTotal bytes, as {@code memoryUsed}
   * @param utilisation percent
   * @param temperature °C
   * @param history the oldest first
   */
  public record GpuJson(
      String uuid,
      OptionalLong memoryTotal,
      OptionalLong memoryUsed,
      OptionalInt utilisation,
      OptionalInt temperature,
      Optional<List<Point>> history) {

    static GpuJson of(Gpu gpu) {
      return new GpuJson(
          gpu.uuid(),
          gpu.memoryTotal(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty());
    }

    static GpuJson of(GpuStatus status, List<GpuHistory.Point> points) {
      GpuReading reading = status.reading();
      return new GpuJson(
          status.gpu().uuid(),
          status.gpu().memoryTotal(),
          reading.memoryUsed(),
          reading.utilisation(),
          reading.temperature(),
          Optional.of(points.stream().map(Point::of).toList()));
    }
  }

  /** What a GPU did at a moment. */
  public record Point(
      Instant at, OptionalInt utilisation, OptionalInt temperature, OptionalLong memoryUsed) {

    static Point of(GpuHistory.Point point) {
      GpuReading reading = point.reading();
      return new Point(
          point.at(), reading.utilisation(), reading.temperature(), reading.memoryUsed());
    }
  }

  /** The current state of a device. */
  public static DeviceJson of(Device device) {
    return of(device, Optional.empty(), device.gpu().map(GpuJson::of).orElse(null));
  }

  /** A CPU, and why jobs run there that should run on GPUs. */
  public static DeviceJson cpu(Device device, Optional<String> fallback) {
    return of(device, fallback, null);
  }

  /** A GPU that jobs run on, and its history. */
  public static DeviceJson gpu(Device device, GpuStatus status, List<GpuHistory.Point> points) {
    return of(device, Optional.empty(), GpuJson.of(status, points));
  }

  private static DeviceJson of(Device device, Optional<String> fallback, @Nullable GpuJson gpu) {
    return new DeviceJson(
        device.name(),
        1,
        device.job().isPresent() ? 1 : 0,
        device.threads(),
        device.job(),
        device.refusal(),
        fallback,
        Optional.empty(),
        gpu);
  }

  /** A GPU that runs no jobs. */
  public static DeviceJson idle(
      GpuStatus status, String refusal, boolean inFallback, List<GpuHistory.Point> points) {
    return new DeviceJson(
        status.gpu().label(),
        0,
        0,
        0,
        Optional.empty(),
        Optional.of(refusal),
        Optional.empty(),
        Optional.of(true).filter(yes -> inFallback),
        GpuJson.of(status, points));
  }
}
