package org.bagnetlab.queue.window;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.StartGate;

/**
 * Keeps jobs off devices outside of their windows.
 *
 * @param windows when devices run jobs
 * @param clock tells the time
 */
public record WindowGate(JobWindows windows, InstantSource clock) implements StartGate {

  @Override
  public Future<Optional<String>> refusal(DeviceSlot slot) {
    return Future.succeededFuture(windows.of(slot).refusal(clock.instant()));
  }
}
