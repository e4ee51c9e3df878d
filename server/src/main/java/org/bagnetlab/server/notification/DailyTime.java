package org.bagnetlab.server.notification;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When the daily message is sent.
 *
 * @param time time of day
 * @param zone where that time is meant
 */
public record DailyTime(LocalTime time, ZoneId zone) {

  @Override
  public String toString() {
    return "%s (%s)".formatted(time, zone);
  }

  /**
   * Whether a message is due: its time has passed today, and there was none since. A message that
   * was missed on an earlier day is left out; the next one covers that day, too.
   *
   * @param last when the last message was sent
   */
  boolean isDue(Instant now, Instant last) {
    ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(time).atZone(zone);
    Instant due = today.toInstant();
    return !now.isBefore(due) && last.isBefore(due);
  }
}
