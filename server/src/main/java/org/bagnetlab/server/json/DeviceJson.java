package org.bagnetlab.server.json;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.nvidia.Gpu;

/**
 * A device, as shown by the API. Values that the device does not report are absent.
 *
 * @param slots number of concurrent jobs; 0 for a GPU that runs no jobs
 * @param slot number of the slot, from 1, if the device is one of the slots of a GPU
 * @param share bytes of the GPU's memory that the job may use, if they are limited
 * @param sharing how the jobs of a GPU with several slots share it, as a sentence
 * @param fallback why jobs run on this device although GPUs were requested
 * @param inFallback present only if the fallback already includes the refusal
 */
public record DeviceJson(
    String name,
    int slots,
    int busy,
    int threads,
    OptionalInt slot,
    Optional<Long> job,
    Optional<Long> share,
    Optional<String> sharing,
    Optional<String> refusal,
    Optional<String> fallback,
    Optional<Boolean> inFallback,
    Optional<String> uuid,
    OptionalLong memoryTotal,
    OptionalLong memoryUsed,
    OptionalLong utilisation,
    OptionalLong temperature,
    OptionalDouble watts,
    Optional<List<DevicePointJson>> history) {

  /** A device as it is sent in events, without readings. */
  public static DeviceJson of(Device device) {
    return of(device, 1, Optional.empty(), Optional.empty(), false, Optional.empty());
  }

  /**
   * A device, with the readings of its GPU if there are any.
   *
   * @param slots as described for the record component, like the other parameters
   */
  public static DeviceJson of(
      Device device,
      int slots,
      Optional<String> sharing,
      Optional<String> fallback,
      boolean inFallback,
      Optional<List<DevicePointJson>> history) {
    Optional<Gpu> read = device.gpu().filter(gpu -> history.isPresent());
    return new DeviceJson(
        device.name(),
        slots,
        device.job().isPresent() ? 1 : 0,
        device.threads(),
        device.slot(),
        device.job(),
        device.share().map(MemoryShare::bytes),
        sharing,
        device.refusal(),
        fallback,
        inFallback ? Optional.of(true) : Optional.empty(),
        device.gpu().map(Gpu::uuid),
        number(device.gpu(), Gpu::memoryTotal),
        number(read, Gpu::memoryUsed),
        number(read, Gpu::utilisation),
        number(read, Gpu::temperature),
        read.map(Gpu::power).orElse(OptionalDouble.empty()),
        history);
  }

  private static OptionalLong number(Optional<Gpu> gpu, Function<Gpu, OptionalLong> reading) {
    return gpu.map(reading).orElse(OptionalLong.empty());
  }
}
