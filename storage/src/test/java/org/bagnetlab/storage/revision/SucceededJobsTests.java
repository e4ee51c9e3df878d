package org.bagnetlab.storage.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's revision grows with what changes about jobs that succeeded, and only then. */
class SucceededJobsTests {

  /** Changes of what is stored about a job; each finds what those before it stored. */
  private static final Map<String, BiConsumer<Tables, Long>> CHANGES =
      Map.of(
          "an epoch",
          (tables, job) -> tables.runs().put(job, new EpochRow(1, .001, 2, .5, 2, .5, true, 1)),
          "epochs forgotten",
          (tables, job) -> tables.runs().forgetAfter(job, 0),
          "a number",
          (tables, job) ->
              tables
                  .results()
                  .put(
                      new ResultRow(
                          job, "accuracy", "accuracy", "test", "{}", .5, Optional.of(10))),
          "numbers forgotten",
          (tables, job) -> tables.results().forget(job),
          "a file",
          (tables, job) -> tables.artifacts().insert(Samples.split(job, "{}")),
          "a file removed",
          (tables, job) -> {
            ArtifactRow file = tables.artifacts().insert(Samples.split(job, "{}"));
            tables.artifacts().remove(file.id());
          },
          "tags",
          (tables, job) ->
              tables.annotations().put(new AnnotationRow(job, List.of("good"), Optional.empty())),
          "a sweep",
          (tables, job) -> tables.sweeps().share("other", job),
          "a sweep left",
          (tables, job) -> tables.sweeps().leave("other", job),
          "another state",
          (tables, job) -> tables.jobs().update(job, Samples.state("QUEUED")));

  @TempDir Path directory;
  Database database;

  @BeforeEach
  void open() {
    database = Database.open(directory.resolve("test"));
    database
        .write(
            tables -> {
              tables.sweeps().insert(sweep());
              return 1;
            })
        .join();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static SweepRow sweep() {
    return new SweepRow(
        "other",
        "{}",
        Samples.NOON,
        false,
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private long job(String state) {
    return database
        .write(
            tables -> {
              long job = tables.jobs().insert(Samples.training("scene15"));
              tables.jobs().update(job, Samples.state(state));
              return job;
            })
        .join();
  }

  private boolean grows(BiConsumer<Tables, Long> change, long job) {
    long before = database.revision();
    database
        .write(
            tables -> {
              change.accept(tables, job);
              return job;
            })
        .join();
    return database.revision() > before;
  }

  @Test
  void itGrowsWithEachChangeOfAJobThatSucceeded() {
    CHANGES.forEach(
        (what, change) -> assertThat(grows(change, job("SUCCEEDED"))).describedAs(what).isTrue());
  }

  @Test
  void itStaysWhenAnyOtherJobChanges() {
    CHANGES.forEach(
        (what, change) -> assertThat(grows(change, job("RUNNING"))).describedAs(what).isFalse());
    assertThat(grows((tables, job) -> tables.jobs().delete(job), job("FAILED"))).isFalse();
    assertThat(grows((tables, job) -> tables.jobs().prioritise(job, 1), job("SUCCEEDED")))
        .isFalse();
  }

  @Test
  void itGrowsWhenAJobSucceedsAndWhenThatIsDeleted() {
    long job = job("RUNNING");
    assertThat(grows((tables, id) -> tables.jobs().update(id, Samples.state("SUCCEEDED")), job))
        .isTrue();
    assertThat(grows((tables, id) -> tables.jobs().delete(id), job)).isTrue();
  }

  @Test
  void itGrowsBeforeAChangeIsReportedAndWithOneThatMayHaveFailed() {
    long job = job("SUCCEEDED");
    long before = database.revision();
    long[] reported = new long[1];
    database
        .write(
            tables -> {
              tables.results().forget(job);
              return job;
            },
            done -> reported[0] = database.revision())
        .join();
    assertThat(reported[0]).isGreaterThan(before);
    assertThatThrownBy(
            () ->
                database
                    .write(
                        tables -> {
                          tables.results().forget(job);
                          throw new IllegalStateException("no commit");
                        })
                    .join())
        .isInstanceOf(CompletionException.class);
    assertThat(database.revision()).isGreaterThan(reported[0]);
  }
}
