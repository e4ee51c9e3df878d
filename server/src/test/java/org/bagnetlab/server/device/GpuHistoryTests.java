package org.bagnetlab.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.device.GpuReadingRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A month of readings is kept, the older the fewer. */
@Timeout(60)
class GpuHistoryTests {

  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration MONTH = GpuHistory.KEPT;

  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  GpuHistoryTests(@TempDir Path directory) {
    database = Database.open(directory.resolve("test"));
  }

  @AfterEach
  void close() throws Exception {
    result(vertx.close());
    database.close();
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private GpuHistory at(Duration after) {
    return new GpuHistory(vertx, database, Clock.fixed(START.plus(after), ZoneOffset.UTC));
  }

  private static Gpu gpu(int index, long temperature) {
    return new Gpu(
        index,
        "GPU-" + index,
        "NVIDIA RTX A5000",
        "535.161.07",
        OptionalLong.of(24L << 30),
        OptionalLong.of(0),
        OptionalLong.of(24L << 30),
        OptionalLong.empty(),
        OptionalLong.of(temperature),
        OptionalDouble.of(99.5),
        false,
        Optional.of(new BigDecimal("8.6")),
        Optional.empty());
  }

  private static void add(GpuHistory history, Duration after, Gpu... gpus) throws Exception {
    result(history.add(new Inventory(START.plus(after), List.of(gpus), List.of())));
  }

  private static List<GpuReadingRow> recent(GpuHistory history, int gpu, Duration length)
      throws Exception {
    return result(history.recent(List.of("GPU-" + gpu), length))
        .getOrDefault("GPU-" + gpu, List.of());
  }

  @Test
  void eachGpuHasItsOwnHistory() throws Exception {
    GpuHistory history = at(Duration.ofMinutes(5));
    add(history, Duration.ZERO, gpu(0, 30), gpu(1, 40));
    add(history, Duration.ofMinutes(1), gpu(0, 31));
    assertThat(recent(history, 0, MONTH))
        .containsExactly(
            new GpuReadingRow(
                "GPU-0",
                START,
                Optional.empty(),
                Optional.of(30L),
                Optional.of(0L),
                Optional.of(99.5)),
            new GpuReadingRow(
                "GPU-0",
                START.plusSeconds(60),
                Optional.empty(),
                Optional.of(31L),
                Optional.of(0L),
                Optional.of(99.5)));
    assertThat(recent(history, 1, MONTH)).hasSize(1);
    assertThat(recent(history, 2, MONTH)).isEmpty();
    assertThat(recent(history, 0, Duration.ofMinutes(4))).hasSize(1);
  }

  @Test
  void oneReadingAMinuteIsKept() throws Exception {
    GpuHistory history = at(Duration.ofMinutes(5));
    for (int second = 0; second <= 180; second += 10) {
      add(history, Duration.ofSeconds(second), gpu(0, second));
    }
    assertThat(recent(history, 0, MONTH))
        .extracting(row -> row.temperature().orElseThrow())
        .containsExactly(0L, 60L, 120L, 180L);
  }

  @Test
  void olderReadingsAreThinnedAndThoseOfAMonthAgoRemoved() throws Exception {
    Duration now = Duration.ofDays(40);
    GpuHistory history = at(now);
    for (int hour = 0; hour < 40 * 24; hour++) { // the first five minutes of each hour
      for (int minute = 0; minute < 5; minute++) {
        add(history, Duration.ofHours(hour).plusMinutes(minute), gpu(0, 30));
      }
    }
    add(history, now, gpu(0, 30));
    List<GpuReadingRow> rows = recent(history, 0, Duration.ofDays(60));
    assertThat(rows.getFirst().at()).isEqualTo(START.plus(now).minus(GpuHistory.KEPT));
    assertThat(rows).hasSize(30 * 24 + 24 * 5 + 1);
    assertThat(recent(history, 0, Duration.ofDays(1))).hasSize(24 * 5 + 1);
  }

  @Test
  void readingsFromTheFutureAreDroppedWhenTheClockIsSetBack() throws Exception {
    GpuHistory history = at(Duration.ofMinutes(5));
    add(history, Duration.ofMinutes(0), gpu(0, 30));
    add(history, Duration.ofMinutes(60), gpu(0, 31));
    add(history, Duration.ofMinutes(5), gpu(0, 32));
    assertThat(recent(history, 0, MONTH))
        .extracting(row -> row.temperature().orElseThrow())
        .containsExactly(30L, 32L);
  }
}
