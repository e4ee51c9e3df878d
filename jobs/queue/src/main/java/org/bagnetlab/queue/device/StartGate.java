package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import java.util.Optional;

/** Keeps jobs from being started on a device for the time being. */
@FunctionalInterface
public interface StartGate {

  /**
   * Why no job may start on a device now, as text; empty: it may. Checked before each start, and
   * every few seconds while closed.
   */
  Future<Optional<String>> refusal(DeviceSlot slot);
}
