package org.bagnetlab.queue.window;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.queue.window.DailyWindow.Span;

/**
 * When devices of a kind run jobs.
 *
 * @param daily the hours of each day; empty if they run jobs always
 * @param weekends whether they also run jobs from Saturday 00:00 to Monday 00:00
 * @param zone zone of these times
 */
public record OpeningHours(Optional<DailyWindow> daily, boolean weekends, ZoneId zone) {

  /** No job starts in the last minute, in which it could hardly begin. */
  private static final Duration LAST_MINUTE = Duration.ofMinutes(1);

  /** Days around a moment that contain the changes before and after it, despite weekends. */
  private static final int DAYS = 4;

  /** No restrictions. */
  public static OpeningHours always() {
    return new OpeningHours(Optional.empty(), false, ZoneId.of("UTC"));
  }

  /** Whether jobs run at this time. */
  public boolean isOpen(Instant at) {
    return daily.isEmpty() || spans(at).anyMatch(span -> span.contains(at));
  }

  /** When {@link #isOpen} next changes after this time; empty if never. */
  public Optional<Instant> nextChange(Instant at) {
    return boundaries(at)
        .filter(boundary -> boundary.isAfter(at) && isOpen(boundary) != isOpen(at))
        .min(Comparator.naturalOrder());
  }

  /** The last change of {@link #isOpen} up to this time; empty if never. */
  public Optional<Instant> lastChange(Instant at) {
    Predicate<Instant> change =
        boundary -> isOpen(boundary) != isOpen(boundary.minus(Duration.ofNanos(1)));
    return boundaries(at)
        .filter(boundary -> !boundary.isAfter(at))
        .filter(change)
        .max(Comparator.naturalOrder());
  }

  private Stream<Instant> boundaries(Instant at) {
    return spans(at).flatMap(span -> Stream.of(span.start(), span.end()));
  }

  private Stream<Span> spans(Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    List<LocalDate> days = IntStream.rangeClosed(-DAYS, DAYS).mapToObj(today::plusDays).toList();
    return daily.stream()
        .flatMap(
            window ->
                Stream.concat(
                    days.stream().map(day -> window.on(day, zone)),
                    days.stream()
                        .filter(day -> weekends && day.getDayOfWeek() == DayOfWeek.SATURDAY)
                        .map(this::weekend)));
  }

  private Span weekend(LocalDate saturday) {
    return new Span(
        saturday.atStartOfDay(zone).toInstant(),
        saturday.plusDays(2).atStartOfDay(zone).toInstant());
  }

  /** Why no job may start at this time, as a sentence for users; empty if one may. */
  public Optional<String> refusal(Instant now) {
    return nextChange(now)
        .filter(next -> !isOpen(now) || Duration.between(now, next).compareTo(LAST_MINUTE) <= 0)
        .map(
            next ->
                isOpen(now)
                    ? "Jobs run %s; the window closes at %s.".formatted(this, time(next))
                    : "Jobs run %s; the next window opens %s at %s."
                        .formatted(this, day(now, next), time(next)));
  }

  /** The first moment from this time on at which a job may start. */
  public Instant start(Instant from) {
    Instant at = from;
    while (refusal(at).isPresent()) {
      at = nextChange(at).orElseThrow();
    }
    return at;
  }

  /** When a job ends that starts at this time and takes so long, and rests outside of the hours. */
  public Instant end(Instant start, Duration work) {
    Instant at = start;
    Duration left = work;
    for (Optional<Instant> next = nextChange(at); next.isPresent(); next = nextChange(at)) {
      if (isOpen(at)) {
        Duration room = Duration.between(at, next.get());
        if (left.compareTo(room) <= 0) {
          break;
        }
        left = left.minus(room);
      }
      at = next.get();
    }
    return at.plus(left);
  }

  /** A moment as a time of day. */
  public String time(Instant at) {
    return DailyWindow.TIME.format(at.atZone(zone));
  }

  private String day(Instant now, Instant then) {
    ZonedDateTime day = then.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    if (day.toLocalDate().equals(today)) {
      return "today";
    }
    return day.toLocalDate().equals(today.plusDays(1))
        ? "tomorrow"
        : "on " + day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ROOT);
  }

  /** The hours in words, to follow "Jobs run". */
  @Override
  public String toString() {
    return daily
        .map(window -> "from %s%s".formatted(window, weekends ? " and on weekends" : ""))
        .orElse("at any time");
  }
}
