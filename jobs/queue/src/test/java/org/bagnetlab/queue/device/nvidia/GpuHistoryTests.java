package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GpuHistoryTests {

  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private final GpuHistory history = GpuHistory.standard();

  private void add(int gpu, Duration after, int temperature) {
    history.add(new GpuStatus(Gpus.gpu(gpu), Gpus.reading(temperature)), START.plus(after));
  }

  private List<Integer> temperatures(int gpu) {
    return history.points("GPU-" + gpu).stream()
        .map(point -> point.reading().temperature().orElseThrow())
        .toList();
  }

  @Test
  void eachGpuHasItsOwn() {
    add(0, Duration.ZERO, 30);
    add(1, Duration.ZERO, 40);
    add(0, Duration.ofMinutes(1), 31);
    assertThat(history.points("GPU-0"))
        .containsExactly(
            new GpuHistory.Point(START, Gpus.reading(30)),
            new GpuHistory.Point(START.plusSeconds(60), Gpus.reading(31)));
    assertThat(temperatures(1)).containsExactly(40);
    assertThat(history.points("GPU-2")).isEmpty();
  }

  @Test
  void aMinuteHasItsNewestReading() {
    add(0, Duration.ofSeconds(0), 30);
    add(0, Duration.ofSeconds(59), 31);
    add(0, Duration.ofSeconds(60), 32);
    assertThat(temperatures(0)).containsExactly(31, 32);
  }

  @Test
  void aDayIsKept() {
    for (int minute = 0; minute <= 3000; minute++) {
      add(0, Duration.ofMinutes(minute), minute % 100);
    }
    List<GpuHistory.Point> points = history.points("GPU-0");
    assertThat(points).hasSize(1441);
    assertThat(points.get(0).at()).isEqualTo(START.plus(Duration.ofHours(26)));
  }

  @Test
  void gpusThatWereTakenOutAreForgotten() {
    add(0, Duration.ZERO, 30);
    add(1, Duration.ofDays(1), 40);
    assertThat(temperatures(0)).containsExactly(30);
    add(1, Duration.ofDays(1).plusSeconds(1), 41);
    assertThat(temperatures(0)).isEmpty();
  }

  @Test
  void aClockThatIsSetBackTakesItsFutureAlong() {
    add(0, Duration.ofMinutes(0), 30);
    add(0, Duration.ofMinutes(60), 31);
    add(0, Duration.ofMinutes(5), 32);
    assertThat(temperatures(0)).containsExactly(30, 32);
  }

  /** Whenever readings come, points ascend, lie in different steps and are bounded. */
  @Test
  void pointsAscendAndAreBounded() {
    Duration kept = Duration.ofMinutes(10);
    GpuHistory small = new GpuHistory(kept, Duration.ofSeconds(30));
    Random random = new Random(11);
    Instant at = START;
    for (int i = 0; i < 5000; i++) {
      at = at.plusMillis(random.nextInt(-5_000, 40_000));
      small.add(new GpuStatus(Gpus.gpu(0), Gpus.reading(i)), at);
      List<GpuHistory.Point> points = small.points("GPU-0");
      assertThat(points).hasSizeLessThanOrEqualTo(21);
      assertThat(points).extracting(point -> point.at().toEpochMilli() / 30_000).isSorted();
      assertThat(points)
          .extracting(point -> point.at().toEpochMilli() / 30_000)
          .doesNotHaveDuplicates();
      GpuHistory.Point newest = points.get(points.size() - 1);
      assertThat(newest).isEqualTo(new GpuHistory.Point(at, Gpus.reading(i)));
      assertThat(Duration.between(points.get(0).at(), at)).isLessThanOrEqualTo(kept);
    }
  }

  @Test
  void aHistoryWithoutStepsIsRefused() {
    assertThatThrownBy(() -> new GpuHistory(Duration.ofDays(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
