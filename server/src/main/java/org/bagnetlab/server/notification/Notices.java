package org.bagnetlab.server.notification;

import io.vertx.core.Future;
import java.util.Map;

/** Tells people what they wait for. What is told here is sent even if the server dies after it. */
public interface Notices {

  /**
   * No job of a sweep is open any more.
   *
   * @param name of the sweep
   * @param counts its jobs by the name of their state
   * @return succeeds once it will be sent for sure
   */
  Future<Void> sweepEnded(String name, Map<String, Long> counts);

  /**
   * A sweep starts no more jobs, because of failures.
   *
   * @param name of the sweep
   * @param reason for people
   * @return succeeds once it will be sent for sure
   */
  Future<Void> sweepStopped(String name, String reason);
}
