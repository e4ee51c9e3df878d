package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.device.nvidia.Gpus;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GpuHistoryTests {

  private static final Duration KEPT = Duration.ofDays(1);

  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final GpuWatch watch =
      new GpuWatch(vertx, new NvidiaSmi(List.of(), Duration.ZERO, Clock.systemUTC()));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private void add(int gpu, Duration after, int temperature) {
    watch.remember(
        new Inventory(START.plus(after), List.of(Gpus.gpu(gpu, temperature)), List.of()));
  }

  private List<Long> temperatures(int gpu) {
    return watch.points("GPU-" + gpu).stream()
        .map(point -> point.temperature().orElseThrow())
        .toList();
  }

  @Test
  void eachGpuHasItsOwnHistory() {
    Instant later = START.plusSeconds(60);
    watch.remember(new Inventory(START, List.of(Gpus.gpu(0, 30), Gpus.gpu(1, 40)), List.of()));
    watch.remember(new Inventory(later, List.of(Gpus.gpu(0, 31)), List.of()));
    assertThat(watch.points("GPU-0")).extracting(GpuWatch.Point::at).containsExactly(START, later);
    assertThat(temperatures(0)).containsExactly(30L, 31L);
    assertThat(temperatures(1)).containsExactly(40L);
    assertThat(watch.points("GPU-2")).isEmpty();
  }

  @Test
  void aDayIsKept() {
    for (int minute = 0; minute <= 3000; minute++) {
      add(0, Duration.ofMinutes(minute), minute % 100);
    }
    List<GpuWatch.Point> points = watch.points("GPU-0");
    assertThat(points).hasSize(1441);
    assertThat(points.get(0).at()).isEqualTo(START.plus(Duration.ofHours(26)));
  }

  @Test
  void removedGpusAreForgotten() {
    add(0, Duration.ZERO, 30);
    add(1, Duration.ofDays(1), 40);
    assertThat(temperatures(0)).containsExactly(30L);
    add(1, Duration.ofDays(1).plusSeconds(1), 41);
    assertThat(temperatures(0)).isEmpty();
  }

  @Test
  void readingsFromTheFutureAreDroppedWhenTheClockIsSetBack() {
    add(0, Duration.ofMinutes(0), 30);
    add(0, Duration.ofMinutes(60), 31);
    add(0, Duration.ofMinutes(5), 32);
    assertThat(temperatures(0)).containsExactly(30L, 32L);
  }

  @Test
  void pointsAscendAndLieWithinADayOfTheNewest() {
    Random random = new Random(11);
    Instant at = START;
    for (int i = 0; i < 5000; i++) {
      at = at.plusSeconds(random.nextInt(-500, 1500));
      add(0, Duration.between(START, at), i);
      List<GpuWatch.Point> points = watch.points("GPU-0");
      assertThat(points).extracting(GpuWatch.Point::at).isSorted().doesNotHaveDuplicates();
      assertThat(points.getLast().at()).isEqualTo(at);
      assertThat(points.getLast().temperature()).hasValue(i);
      assertThat(Duration.between(points.getFirst().at(), at)).isLessThanOrEqualTo(KEPT);
    }
  }
}
