package org.bagnetlab.server.http.connection;

import java.time.Duration;

/**
 * Limits of clients.
 *
 * @param connections maximum open connections
 * @param listeners maximum event streams among them; fewer, so that other clients can always
 *     connect
 * @param idle how long a connection may carry nothing in either direction
 */
public record ClientLimits(int connections, int listeners, Duration idle) {

  /**
   * A browser opens up to six connections to a server. Measurements show that a thousand listeners
   * slow a training only a little; each that does not read occupies up to 128 KiB of the server's
   * memory. An import of weights is answered when it has ended, after at most ten minutes.
   */
  public static ClientLimits standard() {
    return new ClientLimits(3_000, 2_000, Duration.ofMinutes(15));
  }
}
