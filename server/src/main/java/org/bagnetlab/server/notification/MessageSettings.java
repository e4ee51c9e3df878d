package org.bagnetlab.server.notification;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.notification.recipient.Recipient;

/**
 * Who receives notifications, and when the daily message is sent.
 *
 * @param recipients the recipients
 * @param daily when the daily message is sent; empty if there is none
 */
public record MessageSettings(List<Recipient> recipients, Optional<DailyTime> daily) {

  /** Checks that no recipient is listed twice, since their notifications are told apart by it. */
  public MessageSettings {
    recipients = List.copyOf(recipients);
    Set<String> addresses = new HashSet<>();
    for (Recipient recipient : recipients) {
      if (!addresses.add(recipient.address())) {
        throw new IllegalArgumentException(
            "two recipients (%s) at %s have the same address: list it once, with all its events"
                .formatted(recipient.service(), recipient.host()));
      }
    }
  }

  /** No notifications. */
  public static MessageSettings none() {
    return new MessageSettings(List.of(), Optional.empty());
  }

  /** Notifications of events alone, without a daily message. */
  public static MessageSettings of(List<? extends Recipient> recipients) {
    return new MessageSettings(List.copyOf(recipients), Optional.empty());
  }
}
