package org.bagnetlab.server.http;

import java.time.Duration;

/**
 * How much of the server its clients may occupy.
 *
 * @param connections open at once
 * @param listeners those of them that listen to events; fewer, so that others always find room
 * @param patience how long the server waits for a request's head, for more of a body, and for
 *     somebody to take more of an answer
 */
public record ClientLimits(int connections, int listeners, Duration patience) {

  /**
   * A browser opens up to six connections to a server. A thousand listeners are measured to cost a
   * training little; each that does not read holds up to 128 KiB of the server's memory.
   */
  public static ClientLimits standard() {
    return new ClientLimits(3_000, 2_000, Duration.ofSeconds(60));
  }
}
