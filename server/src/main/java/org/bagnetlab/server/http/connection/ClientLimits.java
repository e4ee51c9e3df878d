package org.bagnetlab.server.http.connection;

import java.time.Duration;

/**
 * Limits on the connections of clients.
 *
 * @param connections maximum open connections
 * @param listeners maximum event streams among them; fewer than all, so that other clients can
 *     always connect
 * @param idle how long a connection may be silent in both directions
 */
public record ClientLimits(int connections, int listeners, Duration idle) {

  /**
   * The default limits. A browser opens up to six connections to a server. Measurements show that a
   * thousand listeners slow a training only a little; each listener that does not read occupies up
   * to 128 KiB of the server's memory. An import of weights is answered only when it ends, after at
   * most ten minutes, or imports a bundle, which takes a minute for each GB.
   */
  public static ClientLimits standard() {
    return new ClientLimits(3_000, 2_000, Duration.ofMinutes(15));
  }
}
