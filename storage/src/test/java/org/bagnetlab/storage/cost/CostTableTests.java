package org.bagnetlab.storage.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workers of a job are added up. */
@Timeout(60)
class CostTableTests {

  private final Database database;
  private long job;

  CostTableTests(@TempDir Path file) {
    database = Database.open(file.resolve("test"));
  }

  @BeforeEach
  void insert() {
    job = write(tables -> tables.jobs().insert(Samples.training("a")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private <T> T write(Function<Tables, T> change) {
    return database.write(change).join();
  }

  private void put(CostRow row) {
    write(
        tables -> {
          tables.costs().put(row);
          return row;
        });
  }

  private Optional<JobCostRow> cost(long of) {
    return write(tables -> tables.costs().ofJob(of));
  }

  private static CostRow known(long job, int minute, double seconds, double utilisation) {
    return new CostRow(
        job,
        Samples.NOON.plusSeconds(60L * minute),
        seconds,
        Optional.of(2 * seconds),
        Optional.of(1000L + minute),
        Optional.of(500L - minute),
        Optional.of(100 * seconds),
        Optional.of(utilisation),
        Optional.of(40.0));
  }

  private static CostRow unknown(long job, int minute, double seconds) {
    return new CostRow(
        job,
        Samples.NOON.plusSeconds(60L * minute),
        seconds,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aLaterValueOfAWorkerReplacesTheEarlierOne() {
    put(known(job, 0, 10, .5));
    put(known(job, 0, 30, .6));
    assertThat(cost(job).orElseThrow().deviceSeconds()).isEqualTo(30);
  }

  @Test
  void timesAreAddedAndPeaksAreNot() {
    put(known(job, 0, 10, .5));
    put(known(job, 1, 30, .9));
    put(unknown(job, 2, 60));
    assertThat(cost(job))
        .contains(
            new JobCostRow(
                job,
                100,
                Optional.of(80.0),
                Optional.of(1001L),
                Optional.of(500L),
                Optional.of(4000.0),
                Optional.of(.8),
                Optional.of(40.0)));
  }

  @Test
  void whatNoWorkerKnewIsUnknown() {
    put(unknown(job, 0, 60));
    JobCostRow cost = cost(job).orElseThrow();
    assertThat(cost.deviceSeconds()).isEqualTo(60);
    assertThat(cost.joules()).isEmpty();
    assertThat(cost.utilisation()).isEmpty();
    assertThat(cost.peakDeviceMemory()).isEmpty();
  }

  @Test
  void aJobWithoutWorkersHasNoCost() {
    assertThat(cost(job)).isEmpty();
  }

  /** A worker's time is clipped to the period, and its energy in proportion. */
  @Test
  void onlyThePartInsideAPeriodCounts() {
    put(known(job, 0, 90, .5)); // 12:00:00 to 12:01:30
    put(known(job, 2, 60, .5)); // 12:02:00 to 12:03:00
    put(unknown(job, 10, 60)); // later
    assertThat(used(30, 150))
        .isEqualTo(new UsedRow(60 + 30, Optional.of(100. * (60 + 30)), 60 + 30));
    assertThat(used(90, 120).deviceSeconds()).isZero();
    assertThat(used(-3600, 3600)).isEqualTo(new UsedRow(210, Optional.of(15_000.), 150));
    assertThat(used(600, 3600)).isEqualTo(new UsedRow(60, Optional.empty(), 0));
  }

  private UsedRow used(int from, int to) {
    return write(
        tables ->
            tables.costs().used(Samples.NOON.plusSeconds(from), Samples.NOON.plusSeconds(to)));
  }

  @Test
  void theCostOfADeletedJobIsGone() {
    put(known(job, 0, 10, .5));
    write(
        tables -> {
          tables.jobs().delete(job);
          return job;
        });
    assertThat(cost(job)).isEmpty();
    put(known(job, 0, 20, .5)); // its worker ends later
    assertThat(cost(job)).isEmpty();
  }

  @Test
  void whatLikeJobsNeededIsTheMostOfThoseThatSucceeded() {
    long other = write(tables -> tables.jobs().insert(Samples.training("b")));
    long failed = write(tables -> tables.jobs().insert(Samples.training("c")));
    for (long id : List.of(job, other, failed)) {
      write(
          tables -> {
            tables.jobs().memorySettings(id, "{}");
            return id;
          });
    }
    put(known(job, 10, 10, .5));
    put(known(other, 20, 10, .5));
    put(known(failed, 0, 10, .5));
    assertThat(peak("{}")).isEmpty();
    succeed(job);
    succeed(other);
    assertThat(peak("{}")).contains(490L);
    assertThat(peak("{\"batchSize\":64}")).isEmpty();
  }

  private void succeed(long id) {
    write(
        tables -> {
          tables.jobs().update(id, Samples.state("SUCCEEDED"));
          return id;
        });
  }

  private Optional<Long> peak(String settings) {
    return write(tables -> tables.costs().peakDeviceMemory(settings));
  }
}
