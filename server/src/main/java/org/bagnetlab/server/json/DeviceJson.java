package org.bagnetlab.server.json;

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

/**
 * A device in the API; values that it does not report are absent.
 *
 * @param slots number of concurrent jobs; 0: a GPU that runs none
 * @param fallback why jobs run here although GPUs were requested
 * @param inFallback present only if the fallback already includes the refusal
 * @param memoryTotal bytes, as {@code memoryUsed}
 * @param utilisation percent
 * @param temperature °C
 * @param history of a GPU, the oldest first
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
    Optional<String> uuid,
    OptionalLong memoryTotal,
    OptionalLong memoryUsed,
    OptionalInt utilisation,
    OptionalInt temperature,
    Optional<List<Point>> history) {

  /** What a GPU did at a moment. */
  public record Point(
      Instant at, OptionalInt utilisation, OptionalInt temperature, OptionalLong memoryUsed) {

    static Point of(GpuHistory.Point point) {
      GpuReading reading = point.reading();
      return new Point(
          point.at(), reading.utilisation(), reading.temperature(), reading.memoryUsed());
    }
  }

  private DeviceJson(
      String name,
      int slots,
      int threads,
      Optional<Long> job,
      Optional<String> refusal,
      boolean inFallback,
      Optional<Gpu> gpu) {
    this(
        name,
        slots,
        job.isPresent() ? 1 : 0,
        threads,
        job,
        refusal,
        Optional.empty(),
        Optional.of(true).filter(said -> inFallback),
        gpu.map(Gpu::uuid),
        gpu.map(Gpu::memoryTotal).orElse(OptionalLong.empty()),
        OptionalLong.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** The current state of a device. */
  public static DeviceJson of(Device device) {
    return new DeviceJson(
        device.name(), 1, device.threads(), device.job(), device.refusal(), false, device.gpu());
  }

  /** A GPU that runs no jobs. */
  public static DeviceJson idle(Gpu gpu, String refusal, boolean inFallback) {
    return new DeviceJson(
        gpu.label(), 0, 0, Optional.empty(), Optional.of(refusal), inFallback, Optional.of(gpu));
  }

  /** The same, with why it runs jobs that should run elsewhere. */
  public DeviceJson because(Optional<String> reason) {
    return new DeviceJson(
        name,
        slots,
        busy,
        threads,
        job,
        refusal,
        reason,
        inFallback,
        uuid,
        memoryTotal,
        memoryUsed,
        utilisation,
        temperature,
        history);
  }

  /** The same, with its current job and history. */
  public DeviceJson with(GpuStatus status, List<GpuHistory.Point> points) {
    GpuReading reading = status.reading();
    return new DeviceJson(
        name,
        slots,
        busy,
        threads,
        job,
        refusal,
        fallback,
        inFallback,
        uuid,
        memoryTotal,
        reading.memoryUsed(),
        reading.utilisation(),
        reading.temperature(),
        Optional.of(points.stream().map(Point::of).toList()));
  }
}
