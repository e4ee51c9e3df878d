package org.bagnetlab.queue.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpeningHoursTests {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int MINUTES_OF_A_DAY = 24 * 60;

  private static OpeningHours hours(String window, boolean weekends, ZoneId zone) {
    return new OpeningHours(Optional.of(DailyWindow.of(window)), weekends, zone);
  }

  private static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  /** By the wall clock, which tells whether a window is open on days without a change of clocks. */
  private static boolean byTheWallClock(OpeningHours hours, Instant at) {
    ZonedDateTime local = at.atZone(hours.zone());
    DailyWindow window = hours.daily().orElseThrow();
    LocalTime time = local.toLocalTime();
    boolean afterOpening = !time.isBefore(window.opens());
    boolean beforeClosing = time.isBefore(window.closes());
    boolean daily =
        window.opens().isBefore(window.closes())
            ? afterOpening && beforeClosing
            : afterOpening || beforeClosing;
    DayOfWeek day = local.getDayOfWeek();
    return daily || (hours.weekends() && (day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY));
  }

  private static boolean clocksChangeNear(ZoneId zone, Instant at) {
    Duration day = Duration.ofDays(1);
    return !zone.getRules()
        .getOffset(at.minus(day))
        .equals(zone.getRules().getOffset(at.plus(day)));
  }

  /** A minute of a week around a change of clocks, for most windows. */
  private static Instant near(ZoneId zone, Random random) {
    Instant year = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(900)));
    Instant change = zone.getRules().nextTransition(year).getInstant();
    return change.plus(Duration.ofMinutes(random.nextInt(14 * MINUTES_OF_A_DAY) - 7 * 1440));
  }

  private static DailyWindow window(Random random) {
    LocalTime opens = LocalTime.ofSecondOfDay(60L * random.nextInt(MINUTES_OF_A_DAY));
    return new DailyWindow(opens, opens.plusMinutes(1 + random.nextInt(MINUTES_OF_A_DAY - 1)));
  }

  /** The next change is the first minute whose state differs, found by looking at all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Asia/Kolkata"})
  void theNextAndLastChangesAreThoseThatLookingAtEachMinuteFinds(String name) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      OpeningHours hours =
          new OpeningHours(Optional.of(window(random)), random.nextBoolean(), zone);
      Instant at =
          name.startsWith("Asia")
              ? Instant.parse("2026-03-02T00:00:00Z").plusSeconds(60L * random.nextInt(20000))
              : near(zone, random);
      Instant next = at;
      do {
        next = next.plusSeconds(60);
      } while (hours.isOpen(next) == hours.isOpen(at));
      assertThat(hours.nextChange(at)).as("%s at %s", hours, at).contains(next);
      assertThat(hours.lastChange(next)).contains(next);
      assertThat(hours.lastChange(next.minusSeconds(1))).isNotEqualTo(Optional.of(next));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York"})
  void windowsAreOpenByTheWallClock(String name) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      OpeningHours hours =
          new OpeningHours(Optional.of(window(random)), random.nextBoolean(), zone);
      Instant at = near(zone, random);
      if (!clocksChangeNear(zone, at)) {
        assertThat(hours.isOpen(at)).as("%s at %s", hours, at).isEqualTo(byTheWallClock(hours, at));
      }
    }
  }

  /** A night is an hour shorter in March and longer in October, and is one window in both. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T20:00, 2026-03-29T08:00, 11",
    "2026-10-24T20:00, 2026-10-25T08:00, 13",
    "2026-06-01T20:00, 2026-06-02T08:00, 12"
  })
  void nightsEndByTheClockOnTheWall(String opens, String closes, long lasting) {
    OpeningHours night = hours("20:00-08:00", false, BERLIN);
    Instant opening = berlin(opens);
    assertThat(night.isOpen(opening.minusSeconds(1))).isFalse();
    assertThat(night.isOpen(opening)).isTrue();
    assertThat(night.nextChange(opening)).contains(berlin(closes));
    assertThat(Duration.between(opening, berlin(closes))).hasHours(lasting);
  }

  /** Closing and opening again within the repeated hour would stop jobs for half an hour. */
  @Test
  void aRepeatedHourClosesAWindowOnce() {
    OpeningHours early = hours("00:00-02:30", false, BERLIN);
    Instant closing = Instant.parse("2026-10-25T00:30:00Z");
    assertThat(early.nextChange(closing.minusSeconds(60))).contains(closing);
    assertThat(early.nextChange(closing)).contains(Instant.parse("2026-10-25T23:00:00Z"));
  }

  @Test
  void weekendsAreOpenFromSaturdayToMonday() {
    OpeningHours nights = hours("20:00-08:00", true, BERLIN);
    Instant friday = berlin("2026-06-05T20:00");
    // Sunday's night goes on until Monday's morning.
    assertThat(nights.nextChange(friday)).contains(berlin("2026-06-08T08:00"));
    OpeningHours days = hours("09:00-17:00", true, BERLIN);
    assertThat(days.nextChange(berlin("2026-06-05T18:00"))).contains(berlin("2026-06-06T00:00"));
    assertThat(days.nextChange(berlin("2026-06-06T18:00"))).contains(berlin("2026-06-08T00:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-02T08:00, the next window opens today at 20:00.",
    "2026-06-02T19:59:59, the next window opens today at 20:00.",
    "2026-06-02T07:59, the window closes at 08:00."
  })
  void refusalsNameTheNextChange(String at, String expected) {
    assertThat(hours("20:00-08:00", false, BERLIN).refusal(berlin(at)))
        .contains("Jobs run from 20:00 to 08:00; " + expected);
  }

  @Test
  void refusalsNameTheDay() {
    OpeningHours mornings = hours("00:00-06:00", false, BERLIN);
    assertThat(mornings.refusal(berlin("2026-06-02T07:00")).orElseThrow())
        .endsWith("opens tomorrow at 00:00.");
    assertThat(hours("20:00-08:00", true, BERLIN).refusal(berlin("2026-06-02T09:00")))
        .contains(
            "Jobs run from 20:00 to 08:00 and on weekends; the next window opens today at 20:00.");
  }

  @Test
  void jobsMayStartUntilTheLastMinute() {
    OpeningHours night = hours("20:00-08:00", false, BERLIN);
    assertThat(night.refusal(berlin("2026-06-02T07:58:59"))).isEmpty();
    assertThat(night.refusal(berlin("2026-06-02T20:00"))).isEmpty();
  }

  @Test
  void withoutAWindowJobsRunAlways() {
    OpeningHours always = new OpeningHours(Optional.empty(), true, BERLIN);
    Instant at = berlin("2026-06-02T12:00");
    assertThat(always.isOpen(at)).isTrue();
    assertThat(always.nextChange(at)).isEmpty();
    assertThat(always.refusal(at)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20-8", "20:00", "25:00-08:00", "20:00-20:00", "20:60-21:00", ""})
  void otherTextsAreNoWindows(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DailyWindow.of(text))
        .withMessageStartingWith("a window must ");
  }

  @Test
  void aJobStartsInAWindowAndRestsBetweenWindows() {
    OpeningHours night = hours("20:00-08:00", false, BERLIN);
    assertThat(night.start(berlin("2026-06-01T12:00"))).isEqualTo(berlin("2026-06-01T20:00"));
    assertThat(night.start(berlin("2026-06-01T21:00"))).isEqualTo(berlin("2026-06-01T21:00"));
    // It could hardly begin in the last minute.
    assertThat(night.start(berlin("2026-06-02T07:59:30"))).isEqualTo(berlin("2026-06-02T20:00"));
    assertThat(night.end(berlin("2026-06-01T21:00"), Duration.ofHours(11)))
        .isEqualTo(berlin("2026-06-02T08:00"));
    assertThat(night.end(berlin("2026-06-01T21:00"), Duration.ofHours(12)))
        .isEqualTo(berlin("2026-06-02T21:00"));
    Instant noon = berlin("2026-06-01T12:00");
    assertThat(OpeningHours.always().start(noon)).isEqualTo(noon);
    assertThat(OpeningHours.always().end(noon, Duration.ofDays(9)))
        .isEqualTo(noon.plus(Duration.ofDays(9)));
  }
}
