package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runs kept in memory are those that are stored. */
@Timeout(60)
class MeasuredRunsTests {

  private static final Instant NOON = Instant.parse("2026-12-02T12:00:00Z");
  private static final int CHANGES = 300;

  @TempDir Path directory;
  private Database database;
  private final MeasuredRuns runs = new MeasuredRuns(Pooling.BY_CODE);

  @BeforeEach
  void open() {
    database = Database.open(directory.resolve("test"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long stored(ToLongFunction<Tables> change) {
    return database.write(change::applyAsLong).join();
  }

  private static long succeeded(
      Tables tables, String kind, String spec, Optional<Long> subject, Optional<Long> original) {
    NewJob plain = NewJob.of(kind, spec, "a job", NOON);
    long job =
        tables
            .jobs()
            .insert(
                new NewJob(
                    kind,
                    spec,
                    plain.title(),
                    plain.sweep(),
                    Optional.of("controlled-15"),
                    plain.weights(),
                    subject,
                    0,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    NOON,
                    "RUNNING"));
    original.ifPresent(each -> tables.jobs().reproduces(job, each));
    tables.jobs().worker(job, "{}", Optional.of(job % 3 == 0 ? "c0de" : "abcd"));
    tables.jobs().update(job, SimulatedRuns.SUCCEEDED);
    return job;
  }

  private long training(long seed, Optional<Long> start, Optional<Long> original) {
    TrainSpec spec = SimulatedRuns.spec("bagnet9", "controlled-15", seed);
    String json =
        Json.line(
            start
                .map(run -> new StartingRun(run, "from scratch", "0".repeat(64)))
                .map(run -> spec.with(TrainExperiment.FROM_RUN, run))
                .orElse(spec));
    return stored(tables -> succeeded(tables, "train", json, start, original));
  }

  private long measured(long job, double value) {
    return stored(
        tables -> {
          tables
              .results()
              .put(
                  new ResultRow(job, "accuracy", "accuracy", "test", "{}", value, Optional.of(10)));
          return job;
        });
  }

  private void split(long job, String facts) {
    stored(
        tables -> {
          if (tables.artifacts().ofJob(job).isEmpty()) {
            tables
                .artifacts()
                .insert(
                    new ArtifactRow(
                        0,
                        job,
                        Optional.empty(),
                        "split",
                        "split.json",
                        job + "/split.json",
                        "application/json",
                        "0".repeat(64),
                        2,
                        facts,
                        NOON));
          }
          return job;
        });
  }

  private static String described(MeasuredRun run) {
    return "%s %s %s %s".formatted(run.row(), run.accuracies(), run.trouble(), run.code());
  }

  private List<String> described(MeasuredRuns read) {
    return database
        .read(
            tables ->
                read.all(tables, Optional.empty()).stream()
                    .map(MeasuredRunsTests::described)
                    .toList())
        .join();
  }

  @Test
  void afterAnyChangesTheyAreWhatIsStored() {
    Random random = new Random(5);
    long seed = 1;
    for (int i = 0; i < CHANGES; i++) {
      int change = i;
      List<Long> there = database.read(tables -> List.copyOf(tables.jobs().numbers())).join();
      Optional<Long> any =
          there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
      switch (any.isEmpty() ? 0 : random.nextInt(8)) {
        case 0, 1 -> training(++seed, any.filter(each -> random.nextBoolean()), Optional.empty());
        case 2 -> training(seed, Optional.empty(), any);
        case 3 ->
            measured(
                stored(tables -> succeeded(tables, "evaluate", "{}", any, Optional.empty())), .5);
        case 4 -> measured(any.orElseThrow(), random.nextInt(10) / 10.);
        case 5 ->
            stored(
                tables -> {
                  double loss = random.nextBoolean() ? 1 : Trouble.EXPLODED;
                  tables
                      .runs()
                      .put(any.orElseThrow(), new EpochRow(1, .1, loss, .9, .5, .5, false, 1));
                  return 0;
                });
        case 6 -> split(any.orElseThrow(), "{\"train\":\"%d\"}".formatted(change));
        default ->
            stored(
                tables -> {
                  tables.jobs().delete(any.orElseThrow());
                  return 0;
                });
      }
      assertThat(described(runs))
          .describedAs("after change %d", i)
          .isEqualTo(described(new MeasuredRuns(Pooling.BY_CODE)));
    }
    assertThat(described(runs)).hasSizeGreaterThan(CHANGES / 20);
  }

  @Test
  void onlyTheRunsOfChangedJobsAreReadAgain() {
    long one = training(1, Optional.empty(), Optional.empty());
    long other = training(2, Optional.empty(), Optional.empty());
    Map<Long, MeasuredRun> before = byJob();
    measured(one, .7);
    Map<Long, MeasuredRun> after = byJob();
    assertThat(after).extractingByKey(one).extracting(run -> run.accuracies().size()).isEqualTo(1);
    assertThat(row(after, other)).isSameAs(row(before, other));
    assertThat(row(after, one)).isNotSameAs(row(before, one));
  }

  private static MeasuredRunRow row(Map<Long, MeasuredRun> runs, long job) {
    return Optional.ofNullable(runs.get(job)).orElseThrow().row();
  }

  private Map<Long, MeasuredRun> byJob() {
    return database
        .read(
            tables ->
                runs.all(tables, Optional.of("controlled-15")).stream()
                    .collect(Collectors.toMap(MeasuredRun::job, each -> each)))
        .join();
  }

  @Test
  void aTrainingThatRunsAnotherAgainIsLeftOutWhileThatExists() {
    long original = training(1, Optional.empty(), Optional.empty());
    long again = training(1, Optional.empty(), Optional.of(original));
    assertThat(byJob()).containsOnlyKeys(original);
    assertThat(database.read(tables -> runs.including(tables, List.of(again))).join())
        .extracting(MeasuredRun::job)
        .containsExactly(original, again);
    stored(
        tables -> {
          tables.jobs().delete(original);
          return 0;
        });
    assertThat(byJob()).containsOnlyKeys(again);
  }
}
