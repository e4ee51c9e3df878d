package org.bagnetlab.storage.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.job.NewJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that jobs found are found again, by what they are about. */
class ResultTableTests {

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

  private long job(NewJob job, String state) {
    return database
        .write(
            tables -> {
              long id = tables.jobs().insert(job);
              tables.jobs().update(id, Samples.state(state));
              return id;
            })
        .join();
  }

  private void put(ResultRow... rows) {
    database
        .write(
            tables -> {
              List.of(rows).forEach(tables.results()::put);
              return rows.length;
            })
        .join();
  }

  private List<FoundResultRow> find(ResultFilter filter) {
    return database.read(tables -> tables.results().find(filter, 100, 0)).join();
  }

  private static ResultRow scrambled(long job, int seed, double value) {
    return new ResultRow(
        job,
        "accuracy",
        "accuracy",
        "scrambled",
        "{\"scrambleSeed\":%d}".formatted(seed),
        value,
        Optional.of(1200));
  }

  @Test
  void aNumberReplacesTheEarlierOneAtItsPosition() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    ResultRow loss = new ResultRow(run, "loss", "loss", "test", "{}", Double.NaN, Optional.empty());
    put(scrambled(run, 1, .25), scrambled(run, 2, .5), scrambled(run, 1, .75), loss);
    assertThat(database.read(tables -> tables.results().ofJob(run)).join())
        .containsExactly(scrambled(run, 1, .75), scrambled(run, 2, .5), loss);
  }

  @Test
  void resultsAreFoundByTheRunThatTheyAreAbout() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    long other = job(Samples.training("b"), "SUCCEEDED");
    long evaluation = job(Samples.about(run), "SUCCEEDED");
    long broken = job(Samples.about(run), "FAILED");
    put(
        Samples.accuracy(run, "test", .5, 1200),
        scrambled(run, 1, .25),
        Samples.accuracy(other, "test", .75, 1200),
        scrambled(evaluation, 2, .2),
        scrambled(broken, 3, .1));
    assertThat(find(ResultFilter.about(run)))
        .extracting(row -> row.experiment() + row.run() + row.result().axes())
        .containsExactly(
            "train" + run + "{\"scrambleSeed\":1}",
            "train" + run + "{}",
            "evaluate" + run + "{\"scrambleSeed\":2}");
    ResultFilter ofDataset = ResultFilter.of("accuracy", "accuracy", Optional.of("a"));
    assertThat(find(ofDataset)).isEqualTo(find(ResultFilter.about(run)));
    assertThat(find(ofDataset)).allMatch(row -> row.runSpec().isPresent());
    assertThat(database.read(tables -> tables.results().count(ofDataset)).join()).isEqualTo(3);
    assertThat(find(ResultFilter.of("loss", "loss", Optional.empty()))).isEmpty();
    assertThat(database.read(tables -> tables.results().find(ofDataset, 1, 2)).join())
        .containsExactly(find(ofDataset).get(2));
  }

  /** It starts from a run's network, but what it measures is its own. */
  @Test
  void theResultsOfATrainingFromARunAreAboutItself() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    long next = job(Samples.trainingFrom(run, "b"), "SUCCEEDED");
    put(Samples.accuracy(run, "test", .5, 1200), Samples.accuracy(next, "test", .75, 1200));
    for (ResultFilter filter :
        List.of(
            ResultFilter.about(next), ResultFilter.of("accuracy", "accuracy", Optional.of("b")))) {
      assertThat(find(filter)).extracting(FoundResultRow::run).containsExactly(next);
    }
    assertThat(find(ResultFilter.about(run)))
        .extracting(row -> row.result().job())
        .containsExactly(run);
    assertThat(database.read(tables -> tables.results().ofRuns("accuracy", "accuracy")).join())
        .extracting(RunResultRow::run)
        .containsExactlyInAnyOrder(run, next);
    assertThat(
            database.read(tables -> tables.readers().count("a", List.of("QUEUED")).jobs()).join())
        .isEqualTo(1);
  }

  @Test
  void anAccuracyOfAnotherOutputIsAnotherThing() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    ResultRow masked =
        new ResultRow(
            run, "masked", "accuracy", "test", "{\"maskedTiles\":3}", .25, Optional.of(1200));
    put(Samples.accuracy(run, "test", .5, 1200), masked);
    assertThat(find(ResultFilter.of("accuracy", "accuracy", Optional.empty())))
        .extracting(row -> row.result().value())
        .containsExactly(.5);
    assertThat(find(ResultFilter.of("masked", "accuracy", Optional.empty())))
        .extracting(FoundResultRow::result)
        .containsExactly(masked);
  }

  @Test
  void theValuesOfAnOutputAreThoseOfAllJobsAboutRuns() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    long evaluation = job(Samples.about(run), "SUCCEEDED");
    long broken = job(Samples.about(run), "FAILED");
    ResultRow another =
        new ResultRow(run, "by-tiles", "accuracy", "test", "{}", .1, Optional.empty());
    put(
        Samples.accuracy(run, "test", .5, 1200),
        scrambled(evaluation, 2, .2),
        scrambled(broken, 3, .1),
        another);
    assertThat(database.read(tables -> tables.results().ofRuns("accuracy", "accuracy")).join())
        .containsExactlyInAnyOrder(
            new RunResultRow(run, Samples.accuracy(run, "test", .5, 1200)),
            new RunResultRow(run, scrambled(evaluation, 2, .2)));
    assertThat(
            database
                .read(tables -> tables.results().ofRuns("accuracy", "accuracy", List.of(run)))
                .join())
        .containsExactlyInAnyOrder(
            new RunResultRow(run, Samples.accuracy(run, "test", .5, 1200)),
            new RunResultRow(run, scrambled(evaluation, 2, .2)));
    assertThat(
            database
                .read(tables -> tables.results().ofRuns("accuracy", "accuracy", List.of(broken)))
                .join())
        .isEmpty();
  }

  @Test
  void forgetsWhatAJobFound() {
    long run = job(Samples.training("a"), "SUCCEEDED");
    put(Samples.accuracy(run, "test", .5, 1200));
    database
        .write(
            tables -> {
              tables.results().forget(run);
              return run;
            })
        .join();
    assertThat(find(ResultFilter.about(run))).isEmpty();
  }
}
