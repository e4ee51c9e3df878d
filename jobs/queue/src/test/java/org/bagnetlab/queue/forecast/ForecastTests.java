package org.bagnetlab.queue.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bagnetlab.queue.forecast.Forecast.Start;
import org.bagnetlab.queue.window.DailyWindow;
import org.bagnetlab.queue.window.OpeningHours;
import org.bagnetlab.storage.job.WaitingRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ForecastTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final OpeningHours ALWAYS = OpeningHours.always();

  /** Hours that jobs take; those of others are not known. */
  private final Map<Long, Integer> hours = Map.of(2L, 1, 3L, 2, 4L, 3, 5L, 1);

  private static Slot running(long job, Optional<Duration> left) {
    return new Slot(ALWAYS, Optional.of(new Slot.Running(job, left)));
  }

  private static Slot running(long job, int hours) {
    return running(job, Optional.of(Duration.ofHours(hours)));
  }

  private static WaitingRow queued(long id) {
    return waiting(id, false, Optional.empty(), Optional.empty());
  }

  private static WaitingRow after(long id, long awaited) {
    return waiting(id, false, Optional.of(awaited), Optional.empty());
  }

  private static WaitingRow waiting(
      long id, boolean held, Optional<Long> awaited, Optional<Instant> resumes) {
    String state = resumes.isPresent() ? "INTERRUPTED" : "QUEUED";
    return new WaitingRow(id, "train", state, held, awaited, resumes, false);
  }

  private Forecast forecast(Slot... slots) {
    return new Forecast(
        List.of(slots), id -> Optional.ofNullable(hours.get(id)).map(Duration::ofHours), NOON);
  }

  private static Start start(long job, int hours, int end) {
    return new Start(
        job, Optional.of(afterNoon(hours)), Optional.of(afterNoon(end)), Optional.empty());
  }

  /** A start of a job of unknown duration. */
  private static Start start(long job, int hours) {
    return new Start(job, Optional.of(afterNoon(hours)), Optional.empty(), Optional.empty());
  }

  private static Instant afterNoon(int hours) {
    return NOON.plus(Duration.ofHours(hours));
  }

  private static Start behind(long job, long before) {
    return new Start(job, Optional.empty(), Optional.empty(), Optional.of(before));
  }

  @Test
  void jobsStartInTheFirstSlotThatIsFree() {
    List<WaitingRow> waiting = List.of(queued(2), queued(3), queued(4), queued(5));
    assertThat(forecast(running(1, 1)).starts(waiting, 3))
        .containsExactly(start(2, 1, 2), start(3, 2, 4), start(4, 4, 7));
    assertThat(forecast(running(1, 1), running(9, 3)).starts(waiting, 9))
        .containsExactly(start(2, 1, 2), start(3, 2, 4), start(4, 3, 6), start(5, 4, 5));
    assertThat(forecast(new Slot(ALWAYS, Optional.empty())).starts(waiting, 1))
        .containsExactly(start(2, 0, 1));
  }

  @Test
  void nothingIsKnownAfterAJobOfUnknownDurationStarts() {
    List<WaitingRow> waiting = List.of(queued(2), queued(7), queued(3));
    assertThat(forecast(running(1, 1)).starts(waiting, 9))
        .containsExactly(start(2, 1, 2), start(7, 2), behind(3, 7));
    assertThat(forecast(running(1, Optional.empty()), running(9, 1)).starts(waiting, 9))
        .containsExactly(behind(2, 1), behind(7, 1), behind(3, 1));
    assertThat(forecast(running(1, 1)).stopped().starts(waiting, 1))
        .containsExactly(new Start(2, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void jobsWaitForThoseWhoseResultTheyNeed() {
    List<WaitingRow> waiting =
        List.of(
            after(2, 4),
            waiting(8, true, Optional.empty(), Optional.empty()),
            after(5, 8),
            queued(3),
            queued(4),
            waiting(9, false, Optional.empty(), Optional.of(NOON.plus(Duration.ofHours(90)))));
    assertThat(forecast(running(1, 1)).starts(waiting, 9))
        .containsExactly(start(3, 1, 3), start(4, 3, 6), start(2, 6, 7), start(9, 90));
  }

  @Test
  void aJobIsBehindTheOneThatItsDeviceRunsOrWhoseResultItNeeds() {
    Forecast forecast = forecast(running(1, Optional.empty()), running(9, Optional.empty()));
    assertThat(forecast.starts(List.of(queued(2), queued(3), queued(4), after(5, 9)), 9))
        .containsExactly(behind(2, 1), behind(3, 9), behind(4, 1), behind(5, 9));
    assertThat(forecast.completion(List.of(1L))).isEqualTo(completedBehind(1));
    assertThat(forecast.completion(List.of(9L))).isEqualTo(completedBehind(9));
    assertThat(forecast.completion(List.of(3L))).isEqualTo(completedBehind(9));
  }

  @Test
  void aJobIsStuckThatWaitsForOneThatNothingWillEnd() {
    List<WaitingRow> waiting = List.of(after(2, 8), queued(3), after(4, 2), after(5, 3));
    Forecast forecast = forecast(running(1, 1));
    var _ = forecast.starts(waiting, 9);
    assertThat(LongStream.rangeClosed(1, 5).filter(forecast::isStuck)).containsExactly(2L, 4L);
    // Of those that were not looked at nobody knows.
    Forecast cut = forecast(running(1, 1));
    var _ = cut.starts(waiting, 1);
    assertThat(LongStream.rangeClosed(1, 5).filter(cut::isStuck)).isEmpty();
  }

  @Test
  void jobsRestBetweenWindows() {
    OpeningHours night =
        new OpeningHours(Optional.of(DailyWindow.of("20:00-22:00")), false, ZoneOffset.UTC);
    assertThat(
            forecast(new Slot(night, Optional.empty()))
                .starts(List.of(queued(4), queued(2), queued(3)), 9))
        .containsExactly(start(4, 8, 33), start(2, 33, 34), start(3, 56, 58));
  }

  @Test
  void jobsAreCompletedWhenTheLastOfThemEnds() {
    Forecast forecast = forecast(running(1, 1), running(9, 4));
    var _ = forecast.starts(List.of(queued(2), queued(3), queued(7), queued(4), queued(5)), 9);
    assertThat(forecast.completion(List.of(1L))).isEqualTo(completed(1));
    assertThat(forecast.completion(List.of(3L, 1L, 2L))).isEqualTo(completed(4));
    assertThat(forecast.completion(List.of(9L, 3L))).isEqualTo(completed(4));
    assertThat(forecast.completion(List.of(4L))).isEqualTo(completed(7));
    // The duration of 7 is not known, and so neither is the start of 5.
    assertThat(forecast.completion(List.of(2L, 7L))).isEqualTo(completedBehind(7));
    assertThat(forecast.completion(List.of(2L, 5L))).isEqualTo(completedBehind(7));
    // Nothing says that 8 will run.
    assertThat(forecast.completion(List.of(2L, 8L))).isEqualTo(Completion.UNKNOWN);
    assertThat(forecast.completion(List.of())).isEqualTo(Completion.UNKNOWN);
  }

  @Test
  void nothingIsSaidOfCompletionWhereNoJobStarts() {
    Forecast forecast = forecast(running(1, 1)).stopped();
    var _ = forecast.starts(List.of(queued(2)), 9);
    assertThat(forecast.completion(List.of(1L))).isEqualTo(completed(1));
    assertThat(forecast.completion(List.of(1L, 2L))).isEqualTo(Completion.UNKNOWN);
  }

  private static Completion completed(int hours) {
    return new Completion(Optional.of(afterNoon(hours)), Optional.empty());
  }

  private static Completion completedBehind(long job) {
    return new Completion(Optional.empty(), Optional.of(job));
  }
}
