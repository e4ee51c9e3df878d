package org.bagnetlab.storage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs measured is found again. */
class RunTableTests {

  @TempDir Path directory;
  Database database;

  @BeforeEach
  void open() {
    database = Database.open(directory.resolve("test"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long succeeded(String dataset) {
    return database
        .write(
            tables -> {
              long id = tables.jobs().insert(Samples.training(dataset));
              tables.jobs().update(id, Samples.state("SUCCEEDED"));
              return id;
            })
        .join();
  }

  @Test
  void findsEpochsInTheirOrderEvenIfTheLossIsNoNumber() {
    long id = succeeded("a");
    EpochRow first = new EpochRow(1, 3e-3, 2.5, .1, 2.25, .2, true, 1.5);
    EpochRow second = new EpochRow(2, 3e-3, Double.NaN, .1, Double.POSITIVE_INFINITY, .1, false, 2);
    database
        .write(
            tables -> {
              tables.runs().put(id, second);
              tables.runs().put(id, first);
              tables.runs().put(id, first);
              return id;
            })
        .join();
    assertThat(database.read(tables -> tables.runs().epochs(id)).join())
        .isEqualTo(List.of(first, second));
  }

  @Test
  void findsSucceededTrainingsOfADataSet() {
    long measured = succeeded("a");
    long unmeasured = succeeded("a");
    succeeded("b");
    database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    database
        .write(
            tables -> {
              tables.artifacts().insert(Samples.split(measured, "{\"train\":\"1350\"}"));
              tables.jobs().worker(measured, "{}", Optional.of("c0de"));
              return measured;
            })
        .join();
    assertThat(database.read(tables -> tables.runs().succeededTrainings(Optional.of("a"))).join())
        .containsExactly(
            new MeasuredRunRow(
                measured,
                "{\"kind\":\"train\"}",
                Optional.of("c0de"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"train\":\"1350\"}"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new MeasuredRunRow(
                unmeasured,
                "{\"kind\":\"train\"}",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(database.read(tables -> tables.runs().succeededTrainings(Optional.empty())).join())
        .hasSize(3);
    assertThat(database.read(tables -> tables.runs().datasets()).join()).containsExactly("a", "b");
  }

  @Test
  void aTrainingThatRunsAnotherAgainIsLeftOutWhileThatExists() {
    long original = succeeded("a");
    long again = succeeded("a");
    database
        .write(
            tables -> {
              tables.jobs().reproduces(again, original);
              return again;
            })
        .join();
    assertThat(found("a")).containsExactly(original);
    assertThat(database.read(tables -> tables.runs().allSucceeded()).join())
        .extracting(MeasuredRunRow::job, MeasuredRunRow::reproduces)
        .containsExactlyInAnyOrder(
            tuple(original, Optional.empty()), tuple(again, Optional.of(original)));
    assertThat(database.read(tables -> tables.runs().succeededAmong(List.of(again, 99L))).join())
        .extracting(MeasuredRunRow::job)
        .containsExactly(again);
    database
        .write(
            tables -> {
              tables.jobs().delete(original);
              return original;
            })
        .join();
    assertThat(found("a")).containsExactly(again);
  }

  private List<Long> found(String dataset) {
    return database
        .read(tables -> tables.runs().succeededTrainings(Optional.of(dataset)))
        .join()
        .stream()
        .map(MeasuredRunRow::job)
        .toList();
  }

  @Test
  void aTrainingWhoseLastEpochWasItsBestHasNotConverged() {
    long improving = succeeded("a");
    long converged = succeeded("a");
    database
        .write(
            tables -> {
              for (long job : new long[] {improving, converged}) {
                tables.runs().put(job, new EpochRow(1, 3e-3, 2.5, .1, 2.25, .2, true, 1.5));
                // An epoch as good as the best before it is kept as the best, too.
                double accuracy = job == improving ? .25 : .2;
                tables.runs().put(job, new EpochRow(2, 3e-3, 1.5, .1, 2.25, accuracy, true, 1.5));
              }
              return improving;
            })
        .join();
    assertThat(database.read(tables -> tables.runs().succeededTrainings(Optional.of("a"))).join())
        .extracting(
            MeasuredRunRow::converged, MeasuredRunRow::lastLoss, MeasuredRunRow::lastAccuracy)
        .containsExactly(
            tuple(Optional.of(false), Optional.of(1.5), Optional.of(.1)),
            tuple(Optional.of(true), Optional.of(1.5), Optional.of(.1)));
    long lost = succeeded("a");
    assertThat(
            database
                .read(tables -> tables.runs().listed(List.of(improving, converged, lost)))
                .join())
        .extracting(ListedRunRow::job, ListedRunRow::converged, ListedRunRow::lastLoss)
        .containsExactlyInAnyOrder(
            tuple(improving, Optional.of(false), Optional.of(1.5)),
            tuple(converged, Optional.of(true), Optional.of(1.5)),
            tuple(lost, Optional.empty(), Optional.empty()));
  }

  @Test
  void forgetsEpochsAfterOne() {
    long id = succeeded("a");
    EpochRow first = new EpochRow(1, 3e-3, 2.5, .1, 2.25, .2, true, 1.5);
    EpochRow second = new EpochRow(2, 3e-3, 2.5, .1, 2.25, .2, true, 1.5);
    database
        .write(
            tables -> {
              tables.runs().put(id, first);
              tables.runs().put(id, second);
              tables.runs().forgetAfter(id, 1);
              return id;
            })
        .join();
    assertThat(database.read(tables -> tables.runs().epochs(id)).join()).containsExactly(first);
    assertThat(database.read(tables -> tables.runs().epochs(Optional.of("a"), 9, 0)).join())
        .containsExactly(new RunEpochRow(id, "{\"kind\":\"train\"}", first));
    assertThat(database.read(tables -> tables.runs().countEpochs(Optional.of("b"))).join())
        .isZero();
  }
}
