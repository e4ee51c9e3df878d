package org.bagnetlab.server.message.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.OrderRow;
import org.bagnetlab.storage.job.StateRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class QueueTimeTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  static JobRow job(
      String state, String architecture, Optional<Long> started, Optional<Long> ended) {
    return job(state, architecture, started, ended, Optional.empty());
  }

  /** A training that started and ended so many minutes after noon. */
  static JobRow job(
      String state,
      String architecture,
      Optional<Long> started,
      Optional<Long> ended,
      Optional<String> error) {
    return new JobRow(
        1,
        "{\"kind\":\"train\",\"architecture\":\"%s\",\"epochs\":3}".formatted(architecture),
        "a training",
        Optional.empty(),
        NOON,
        NOON,
        new StateRow(
            state,
            started.map(minutes -> NOON.plus(Duration.ofMinutes(minutes))),
            ended.map(minutes -> NOON.plus(Duration.ofMinutes(minutes))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            error,
            Optional.empty(),
            false,
            false,
            0,
            Optional.empty()),
        new OrderRow(0, 0, false, Optional.empty(), Optional.empty(), false, false),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final List<JobRow> SUCCEEDED =
      List.of(
          job("SUCCEEDED", "bagnet9", Optional.of(0L), Optional.of(20L)),
          job("SUCCEEDED", "bagnet9", Optional.of(0L), Optional.of(2L)),
          job("SUCCEEDED", "bagnet33", Optional.of(0L), Optional.of(60L)));

  private static JobRow queued(String architecture) {
    return job("QUEUED", architecture, Optional.empty(), Optional.empty());
  }

  private static JobRow running(String architecture, long started) {
    return job("RUNNING", architecture, Optional.of(started), Optional.empty());
  }

  private static Optional<Duration> left(long now, JobRow... open) {
    return new QueueTime(SUCCEEDED, Map.of())
        .left(List.of(open), NOON.plus(Duration.ofMinutes(now)));
  }

  @Test
  void jobsTakeAsLongAsOthersLikeThem() {
    assertThat(left(100, running("bagnet9", 95), queued("bagnet33")))
        .contains(Duration.ofMinutes(75));
    assertThat(left(200, running("bagnet9", 100))).contains(Duration.ZERO);
    // A network that was never trained takes as long as a training on average.
    assertThat(left(100, queued("resnet50"))).contains(Duration.ofMinutes(82).dividedBy(3));
  }

  @Test
  void aResumedJobTookTheTimeOfItsWorkers() {
    JobCostRow cost = SimulatedRuns.cost(1, 1800);
    JobRow resumed = job("SUCCEEDED", "bagnet9", Optional.of(0L), Optional.of(2L));
    assertThat(
            new QueueTime(List.of(resumed), Map.of(1L, cost))
                .left(List.of(queued("bagnet9")), NOON))
        .contains(Duration.ofMinutes(30));
  }

  @Test
  void asManyRunAtOnceAsNow() {
    assertThat(left(100, running("bagnet9", 100), running("bagnet9", 100), queued("bagnet9")))
        .contains(Duration.ofMinutes(30));
    // The longest cannot be divided.
    assertThat(left(100, running("bagnet9", 100), running("bagnet33", 100)))
        .contains(Duration.ofMinutes(60));
  }

  @Test
  void withoutAnyLikeItNothingIsKnown() {
    assertThat(new QueueTime(List.of(), Map.of()).left(List.of(queued("bagnet9")), NOON)).isEmpty();
  }

  @Test
  void aDurationIsReadable() {
    assertThat(QueueTime.text(Duration.ofSeconds(5))).isEqualTo("1 min");
    assertThat(QueueTime.text(Duration.ofMinutes(59))).isEqualTo("59 min");
    assertThat(QueueTime.text(Duration.ofMinutes(190))).isEqualTo("3 h 10 min");
    assertThat(QueueTime.text(Duration.ofHours(50))).isEqualTo("2 d 2 h");
  }
}
