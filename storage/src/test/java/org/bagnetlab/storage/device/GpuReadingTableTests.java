package org.bagnetlab.storage.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.storage.QueryPlan;
import org.bagnetlab.storage.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GpuReadingTableTests {

  private static final Instant START = Instant.parse("2026-01-02T12:00:07Z");

  private final Path directory;
  private final Database database;

  GpuReadingTableTests(@TempDir Path directory) {
    this.directory = directory;
    database = Database.open(directory.resolve("test"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static GpuReadingRow reading(String gpu, int minute) {
    return new GpuReadingRow(
        gpu,
        START.plusSeconds(60L * minute),
        Optional.of(50L),
        Optional.empty(),
        Optional.of(1L << 30),
        Optional.of(99.5));
  }

  private List<Long> minutes(String gpu) {
    return database
        .read(tables -> tables.gpuReadings().since(gpu, START.minusSeconds(60)))
        .join()
        .stream()
        .map(row -> (row.at().getEpochSecond() - START.getEpochSecond()) / 60)
        .toList();
  }

  private void store(String gpu, int minutes) {
    database
        .write(
            tables -> {
              IntStream.range(0, minutes)
                  .forEach(minute -> tables.gpuReadings().put(reading(gpu, minute)));
              return gpu;
            })
        .join();
  }

  @Test
  void readingsAreKeptAsTheyWere() {
    store("GPU-0", 1);
    assertThat(database.read(tables -> tables.gpuReadings().since("GPU-0", START)).join())
        .containsExactly(reading("GPU-0", 0));
  }

  @Test
  void theFirstReadingOfEachIntervalRemains() {
    store("GPU-0", 60);
    store("GPU-1", 35);
    database
        .write(
            tables -> {
              tables.gpuReadings().thin(START.plusSeconds(45 * 60), 600);
              return tables;
            })
        .join();
    assertThat(minutes("GPU-0"))
        .startsWith(0L, 10L, 20L, 30L, 40L, 45L, 46L)
        .endsWith(59L)
        .hasSize(20);
    assertThat(minutes("GPU-1")).containsExactly(0L, 10L, 20L, 30L);
  }

  @Test
  void oldReadingsAreRemoved() {
    store("GPU-0", 20);
    database
        .write(
            tables -> {
              tables.gpuReadings().removeBefore(START.plusSeconds(17 * 60));
              return tables;
            })
        .join();
    assertThat(minutes("GPU-0")).containsExactly(17L, 18L, 19L);
  }

  @Test
  void readingsAreFoundByAnIndex() {
    String at = "TIMESTAMP WITH TIME ZONE '2026-01-02 12:00:00Z'";
    for (String sql : List.of(GpuReadingTable.SINCE, GpuReadingTable.OLD)) {
      assertThat(
              QueryPlan.of(
                  sql.replace(":gpu", "'a'").replace(":since", at).replace(":before", at),
                  directory.resolve("plan")))
          .doesNotContain("tableScan");
    }
  }
}
