package org.bagnetlab.server.json;

import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.storage.device.GpuReadingRow;

/** A reading of a GPU, as shown by the API: percent, °C, bytes, watts. */
public record DevicePointJson(
    Instant at,
    Optional<Long> utilisation,
    Optional<Long> temperature,
    Optional<Long> memoryUsed,
    Optional<Double> watts) {

  /** A stored reading. */
  public static DevicePointJson of(GpuReadingRow row) {
    return new DevicePointJson(
        row.at(), row.utilisation(), row.temperature(), row.memoryUsed(), row.watts());
  }
}
