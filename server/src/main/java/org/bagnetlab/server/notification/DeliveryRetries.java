package org.bagnetlab.server.notification;

import java.time.Duration;
import java.util.List;

/**
 * How often, and at which intervals, the delivery of a notification is attempted.
 *
 * @param pauses pauses before the second attempt, the third, and so on; if the last attempt also
 *     fails, the notification is discarded
 * @param timeout timeout for a response
 * @param databasePause pause before retrying a failed access to the database
 */
public record DeliveryRetries(List<Duration> pauses, Duration timeout, Duration databasePause) {

  /** How long all attempts may take together. */
  Duration longest() {
    return pauses.stream().reduce(timeout.multipliedBy(pauses.size() + 1L), Duration::plus);
  }

  /** Three attempts within eleven minutes. */
  public static final DeliveryRetries STANDARD =
      new DeliveryRetries(
          List.of(Duration.ofMinutes(1), Duration.ofMinutes(10)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
}
