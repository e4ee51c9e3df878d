package org.bagnetlab.queue.window;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of local time on each day. It crosses midnight if it closes before it opens.
 *
 * @param opens its first moment
 * @param closes the first moment after it
 */
public record DailyWindow(LocalTime opens, LocalTime closes) {

  private static final Pattern WRITTEN = Pattern.compile("(\\d\\d:\\d\\d)\\s*-\\s*(\\d\\d:\\d\\d)");

  /** How times are written. */
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  public DailyWindow {
    if (opens.equals(closes)) {
      throw new IllegalArgumentException("a window must close at another time than it opens");
    }
  }

  /**
   * Parses a window such as {@code 20:00-08:00}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static DailyWindow of(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    try {
      if (written.matches()) {
        return new DailyWindow(
            LocalTime.parse(written.group(1), TIME), LocalTime.parse(written.group(2), TIME));
      }
    } catch (DateTimeException e) {
      // Hours and minutes that do not exist, which the message below covers.
    }
    throw new IllegalArgumentException(
        "a window must be two times of day, such as \"20:00-08:00\", but is '%s'".formatted(text));
  }

  /** The span that opens on a day. Times that a change of the clocks skips are those after it. */
  Span on(LocalDate day, ZoneId zone) {
    LocalDate last = closes.isAfter(opens) ? day : day.plusDays(1);
    return new Span(
        day.atTime(opens).atZone(zone).toInstant(), last.atTime(closes).atZone(zone).toInstant());
  }

  /** The window as {@code 20:00 to 08:00}. */
  @Override
  public String toString() {
    return "%s to %s".formatted(TIME.format(opens), TIME.format(closes));
  }

  /**
   * A span of time.
   *
   * @param start its first moment
   * @param end the first moment after it
   */
  record Span(Instant start, Instant end) {

    boolean contains(Instant at) {
      return !at.isBefore(start) && at.isBefore(end);
    }
  }
}
