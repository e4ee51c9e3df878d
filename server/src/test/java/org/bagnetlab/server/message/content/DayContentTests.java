package org.bagnetlab.server.message.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.Space;
import org.bagnetlab.server.message.MessageContent.Day;
import org.bagnetlab.server.results.digest.BestRun;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.digest.Digest.Failed;
import org.bagnetlab.server.results.digest.EndedSweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DayContentTests {

  private static final Instant SINCE = Instant.parse("2026-01-02T06:30:00Z");
  private static final Instant NOW = Instant.parse("2026-01-03T06:30:00Z");
  private static final DiskState ROOM = disk(900_000_000_000L);
  private static final BestRun BEST =
      new BestRun("bagnet33", "BagNet-33", "scene15", 41, .8125, Optional.of(12L), Optional.of(.8));

  private static DiskState disk(long free) {
    return new DiskState(new Space(1_000_000_000_000L, free), 0, DiskLimits.standard());
  }

  private static Digest digest(
      int finished, List<Failed> failed, List<BestRun> best, double deviceSeconds, int open) {
    return new Digest(
        SINCE,
        NOW,
        finished,
        0,
        0,
        0,
        failed,
        List.of(),
        failed.isEmpty()
            ? List.of()
            : List.of(new EndedSweep("widths", Map.of("SUCCEEDED", 1L, "FAILED", 3L))),
        best,
        deviceSeconds,
        Optional.empty(),
        0,
        open,
        0,
        List.of());
  }

  private static Day day(Digest digest, Optional<Instant> end, DiskState disk) {
    return new DayContent(digest, end, disk, ZoneId.of("Europe/Berlin")).day();
  }

  @Test
  void aDayWithoutAnythingIsOneLine() {
    Day day = day(digest(0, List.of(), List.of(), 0, 0), Optional.empty(), ROOM);
    assertThat(day.first()).isEqualTo("Nothing ran since Friday 2 January, 07:30.");
    assertThat(day.content().sentences()).isEmpty();
  }

  @Test
  void aNightHasCausesTheBestRunsItsCostAndWhenTheQueueIsDone() {
    Day day =
        day(
            digest(
                1,
                List.of(new Failed("It diverged.", 2), new Failed("The GPU was lost.", 1)),
                List.of(BEST),
                7200,
                3),
            Optional.of(NOW.plus(Duration.ofMinutes(190))),
            ROOM);
    assertThat(day.first()).isEqualTo("1 job succeeded, 3 failed since Friday 2 January, 07:30.");
    assertThat(day.content().sentences())
        .containsExactly(
            "Sweep widths has ended: 3 failed, 1 succeeded.",
            "2 jobs failed: It diverged.",
            "1 job failed: The GPU was lost.",
            "BagNet-33 on scene15: the best run by validation accuracy is 41, with test accuracy"
                + " 81.3 %; the best before was 12, with 80.0 %.",
            "Jobs used 2 device hours.",
            "3 jobs run or wait; done about Saturday 3 January, 10:40.",
            "The disk has 900 GB of 1 TB free.");
    assertThat(day.content().digest()).map(Digest::finished).contains(1);
  }

  @Test
  void prunedTrialsAreToldApartFromCancelledJobs() {
    Digest searched =
        new Digest(
            SINCE,
            NOW,
            3,
            0,
            1,
            9,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            7200,
            Optional.empty(),
            0,
            0,
            0,
            List.of());
    assertThat(day(searched, Optional.empty(), ROOM).first())
        .isEqualTo("3 jobs succeeded, 1 cancelled, 9 pruned since Friday 2 January, 07:30.");
  }

  @Test
  void whatWaitsOrNeedsHelpIsSaidEvenIfNothingRan() {
    Day day = day(digest(0, List.of(), List.of(), 0, 1), Optional.empty(), disk(1_000_000_000));
    assertThat(day.first()).startsWith("Nothing finished since");
    assertThat(day.content().sentences())
        .satisfiesExactly(
            queue ->
                assertThat(queue)
                    .isEqualTo("1 job runs or waits; how long that will take is not known yet."),
            disk -> assertThat(disk).startsWith("Jobs cannot start: the disk is nearly full"));
  }
}
