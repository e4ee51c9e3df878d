package org.bagnetlab.server.json;

import java.util.Optional;
import org.bagnetlab.queue.Device;

/** A device as the interface shows it. */
public record DeviceJson(
    String name, int slots, int busy, int threads, Optional<Long> job, Optional<String> refusal) {

  /** A device as it stands. */
  public static DeviceJson of(Device device) {
    return new DeviceJson(
        device.name(),
        1,
        device.job().isPresent() ? 1 : 0,
        device.threads(),
        device.job(),
        device.refusal());
  }
}
