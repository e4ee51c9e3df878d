package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import java.util.Optional;

/** Keeps jobs from being started on a device for the time being. */
@FunctionalInterface
public interface StartGate {

  /**
   * Why no job may start on a device now, for people; empty: it may. Asked before each start, and
   * again every few seconds while it is closed.
   */
  Future<Optional<String>> refusal(DeviceSlot slot);
}
