package org.bagnetlab.queue.device;

import io.vertx.core.Future;
import java.util.Optional;

/** Temporarily prevents jobs from starting on a device. */
@FunctionalInterface
public interface StartGate {

  /**
   * Why no job may start on a device now, as text; empty if a job may start. Checked before each
   * start, and every few seconds while the gate is closed.
   */
  Future<Optional<String>> refusal(DeviceSlot slot);
}
