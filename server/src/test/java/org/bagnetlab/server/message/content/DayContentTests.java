package org.bagnetlab.server.message.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.Space;
import org.bagnetlab.server.message.MessageContent.Day;
import org.bagnetlab.storage.job.JobRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DayContentTests {

  private static final Instant SINCE = Instant.parse("2026-01-02T06:30:00Z");
  private static final Instant NOW = Instant.parse("2026-01-03T06:30:00Z");
  private static final DiskState ROOM = disk(900_000_000_000L);

  private static DiskState disk(long free) {
    return new DiskState(new Space(1_000_000_000_000L, free), 0, DiskLimits.standard());
  }

  private static Day day(List<JobRow> ended, List<JobRow> open, DiskState disk) {
    return new DayContent(
            SINCE,
            NOW,
            ZoneId.of("Europe/Berlin"),
            new DayContent.Jobs(ended, open, List.of()),
            List.of(),
            disk)
        .day();
  }

  private static JobRow failed(String why) {
    return QueueTimeTests.job(
        "FAILED", "bagnet9", Optional.of(0L), Optional.of(1L), Optional.of(why));
  }

  private static JobRow succeeded() {
    return QueueTimeTests.job("SUCCEEDED", "bagnet9", Optional.of(0L), Optional.of(1L));
  }

  @Test
  void aDayWithoutAnythingIsOneLine() {
    Day day = day(List.of(), List.of(), ROOM);
    assertThat(day.first()).isEqualTo("Nothing ran since Friday 2 January, 07:30.");
    assertThat(day.content().sentences()).isEmpty();
  }

  @Test
  void eachCauseOfFailuresIsALine() {
    Day day =
        day(
            List.of(
                succeeded(),
                failed("It diverged."),
                failed("No memory for 12 MB.\nDetails"),
                failed("No memory for 7 MB."),
                failed("It diverged.")),
            List.of(),
            ROOM);
    assertThat(day.first()).isEqualTo("1 job succeeded, 4 failed since Friday 2 January, 07:30.");
    assertThat(day.content().sentences())
        .containsExactly(
            "2 jobs failed: It diverged.",
            "2 jobs failed: No memory for 12 MB.",
            "No job runs or waits.",
            "The disk has 900 GB of 1 TB free.");
  }

  @Test
  void whatWaitsOrNeedsHelpIsSaidEvenIfNothingRan() {
    JobRow queued = QueueTimeTests.job("QUEUED", "bagnet9", Optional.empty(), Optional.empty());
    Day day = day(List.of(), List.of(queued), disk(1_000_000_000));
    assertThat(day.first()).startsWith("Nothing finished since");
    assertThat(day.content().sentences())
        .satisfiesExactly(
            queue ->
                assertThat(queue)
                    .isEqualTo(
                        "1 job is running or waiting; how long they will take is not known yet."),
            disk -> assertThat(disk).startsWith("Jobs cannot start: the disk is nearly full"));
  }
}
