package org.bagnetlab.server.notification;

import java.time.Duration;
import java.util.List;

/**
 * How often a notification is sent until it is accepted.
 *
 * @param pauses before the second attempt, the third, and so on; after the last it is given up
 * @param timeout of a response
 * @param databasePause before the database is used again after it failed
 */
public record Retries(List<Duration> pauses, Duration timeout, Duration databasePause) {

  /** Three attempts in eleven minutes. */
  public static final Retries STANDARD =
      new Retries(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
}
