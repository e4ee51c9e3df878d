package org.bagnetlab.server.http.connection;

import java.time.Duration;

/**
 * Limits of clients.
 *
 * @param connections maximum open connections
 * @param perAddress maximum open connections from one address among them
 * @param listeners maximum event streams among them; fewer, so that other clients can always
 *     connect
 * @param patience how long the server waits for a request's head, for its body, for more of a file
 *     that is uploaded, and for the client to read more of a response
 */
public record ClientLimits(int connections, int perAddress, int listeners, Duration patience) {

  /**
   * A browser opens up to six connections to a server. Measurements show that a thousand listeners
   * slow a training only a little; each that does not read occupies up to 128 KiB of the server's
   * memory. Forty browsers may be behind one address.
   */
  public static ClientLimits standard() {
    return new ClientLimits(3_000, 256, 2_000, Duration.ofSeconds(60));
  }

  /**
   * For a server that listens on loopback: its clients are all at one address, and so are those
   * that a proxy on this machine passes on.
   */
  public static ClientLimits onLoopback() {
    return standard().withPerAddress(standard().connections);
  }

  /** The same with another number of connections from one address. */
  public ClientLimits withPerAddress(int most) {
    return new ClientLimits(connections, most, listeners, patience);
  }
}
