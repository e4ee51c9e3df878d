package org.bagnetlab.server.notification;

import java.time.Duration;
import java.util.List;

/**
 * How often a notification is sent until it is accepted.
 *
 * @param pauses pauses before the second attempt, the third, and so on; after the last attempt, the
 *     notification is given up
 * @param timeout timeout of a response
 * @param databasePause pause before retrying a failed use of the database
 */
public record DeliveryRetries(List<Duration> pauses, Duration timeout, Duration databasePause) {

  /** Three attempts in eleven minutes. */
  public static final DeliveryRetries STANDARD =
      new DeliveryRetries(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
}
