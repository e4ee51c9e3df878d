package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cause.CauseRow;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version is opened with all that is in it. */
class MigrationTests {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("test");
  }

  /** A database of an earlier version with one job in it. */
  private void create(String version, String state, String... more) {
    String url = "jdbc:h2:file:" + file();
    Flyway.configure()
        .dataSource(url, "sa", "")
        .locations("classpath:org/bagnetlab/storage/migrations")
        .target(version)
        .load()
        .migrate();
    Jdbi.create(url, "sa", "")
        .useHandle(
            handle -> {
              handle.execute(
                  """
                  INSERT INTO jobs (kind, title, spec, dataset, state, created_at, queued_at,
                                    cancel_requested, checkpoint)
                  VALUES ('train', 'a training', '{}', 'scene15', ?, CURRENT_TIMESTAMP,
                          CURRENT_TIMESTAMP, FALSE, FALSE)
                  """,
                  state);
              for (String each : more) {
                handle.execute(each);
              }
            });
  }

  @Test
  void jobsOfVersion1StartFromNoWeights() {
    create("1", "QUEUED");
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.jobs().oldest("QUEUED", 9)).join())
          .extracting(JobRow::title)
          .containsExactly("a training");
      assertThat(
              database.read(tables -> tables.jobs().needing("imagenet", List.of("QUEUED"))).join())
          .isEmpty();
    }
  }

  @Test
  void runsOfVersion2KeepTheirSplit() {
    create(
        "2",
        "SUCCEEDED",
        """
        INSERT INTO artifacts (job, kind, name, file, media_type, sha256, size, facts, created_at)
        VALUES (1, 'split', 'split.json', '1/split.json', 'application/json', REPEAT('0', 64), 2,
                '{"train":"1350"}', CURRENT_TIMESTAMP)
        """);
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.runs().succeededTrainings(Optional.empty())).join())
          .extracting(MeasuredRunRow::splitFacts)
          .containsExactly(Optional.of("{\"train\":\"1350\"}"));
    }
  }

  @Test
  void whatWasInterruptedInVersion3IsTriedAgain() {
    create("3", "INTERRUPTED", "UPDATE jobs SET ended_at = CURRENT_TIMESTAMP");
    try (Database database = Database.open(file())) {
      JobRow job = database.read(tables -> tables.jobs().find(1)).join().orElseThrow();
      assertThat(job.state().resumesAt()).isEqualTo(job.state().endedAt()).isPresent();
      assertThat(job.order().position()).isEqualTo(1);
      assertThat(database.read(tables -> tables.jobs().ofSpec("{}")).join()).hasSize(1);
    }
  }

  @Test
  void failuresOfVersion4AreOldNews() {
    create(
        "4",
        "FAILED",
        """
        INSERT INTO transitions (job, at, from_state, to_state, cause)
        VALUES (1, CURRENT_TIMESTAMP, 'RUNNING', 'FAILED', 'it diverged')
        """);
    try (Database database = Database.open(file())) {
      assertThat(database.write(tables -> tables.notices().newFailures()).join()).isEmpty();
      assertThat(database.read(tables -> tables.notices().disk().level()).join()).isEqualTo("ROOM");
    }
  }

  @Test
  void sweepsOfVersion3AreKept() {
    create(
        "3",
        "SUCCEEDED",
        "UPDATE jobs SET sweep = 'demo', ended_at = CURRENT_TIMESTAMP",
        """
        INSERT INTO jobs (kind, title, spec, sweep, state, created_at, queued_at, cancel_requested,
                          checkpoint)
        VALUES ('train', 'another', '{}', 'open', 'QUEUED', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
                FALSE, FALSE)
        """);
    try (Database database = Database.open(file())) {
      SweepRow ended = database.read(tables -> tables.sweeps().find("demo")).join().orElseThrow();
      assertThat(ended.endedAt()).isPresent();
      SweepRow open = database.read(tables -> tables.sweeps().find("open")).join().orElseThrow();
      assertThat(open.endedAt()).isEmpty();
      assertThat(database.read(tables -> tables.jobs().ofSweep("demo")).join()).hasSize(1);
      assertThat(database.read(tables -> tables.sweeps().unreported()).join()).isEmpty();
    }
  }

  @Test
  void jobsOfVersion11WaitInTheQueue() {
    create("11", "QUEUED");
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.jobs().runnable(false, 9)).join())
          .extracting(JobRow::title, row -> row.order().interactive())
          .containsExactly(tuple("a training", false));
      assertThat(database.read(tables -> tables.jobs().runnable(true, 9)).join()).isEmpty();
    }
  }

  /** Accuracies and losses of all jobs become results, the scrambled ones with their seed. */
  @Test
  void measurementsOfVersion9AreResults() {
    create(
        "9",
        "SUCCEEDED",
        "UPDATE jobs SET spec = '{\"kind\":\"train\",\"seed\":-7,\"heatmapStride\":1}'",
        """
        INSERT INTO jobs (kind, title, spec, subject, state, created_at, queued_at,
                          cancel_requested, checkpoint)
        VALUES ('evaluate', 'an evaluation', '{"kind":"evaluate","run":1,"scrambleSeed":2}', 1,
                'SUCCEEDED', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, FALSE, FALSE)
        """,
        """
        INSERT INTO measurements (job, set_name, accuracy, correct, images, loss)
        VALUES (1, 'test', 0.5, 600, 1200, 1.25), (1, 'scrambled', 0.25, 300, 1200, CAST('NaN' AS DOUBLE PRECISION)),
               (2, 'scrambled', 0.2, 240, 1200, 2)
        """,
        """
        INSERT INTO artifacts (job, kind, name, file, media_type, sha256, size, facts, created_at)
        VALUES (1, 'scrambled-heatmap', 'a.png', '1/a.png', 'image/png', REPEAT('0', 64), 2, '{}',
                CURRENT_TIMESTAMP)
        """);
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.results().ofJob(1)).join())
          .containsExactly(
              result(1, "accuracy", "scrambled", "{\"scrambleSeed\":-7}", .25),
              result(1, "accuracy", "test", "{}", .5),
              result(1, "loss", "scrambled", "{\"scrambleSeed\":-7}", Double.NaN),
              result(1, "loss", "test", "{}", 1.25));
      assertThat(database.read(tables -> tables.results().ofJob(2)).join())
          .containsExactly(
              result(2, "accuracy", "scrambled", "{\"scrambleSeed\":2}", .2),
              result(2, "loss", "scrambled", "{\"scrambleSeed\":2}", 2));
      assertThat(database.read(tables -> tables.artifacts().ofJob(1)).join())
          .extracting(ArtifactRow::output)
          .containsExactly(Optional.of("heatmap"));
    }
  }

  private static ResultRow result(long job, String metric, String set, String axes, double value) {
    return new ResultRow(job, metric, metric, set, axes, value, Optional.of(1200));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void aMigratedDatabaseIsKeptAsItWas() throws Exception {
    create("3", "QUEUED");
    byte[] before = Files.readAllBytes(directory.resolve("test.mv.db"));
    Database.open(file()).close();
    assertThat(files()).contains("test-schema-3.mv.db");
    assertThat(DatabaseInspection.inPlace(directory.resolve("test-schema-3")).rows())
        .containsEntry("JOBS", 1L)
        .doesNotContainKey("SWEEPS");
    assertThat(Files.getPosixFilePermissions(directory.resolve("test-schema-3.mv.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    // What needs no migration needs no copy; one that is migrated again gets another.
    Database.open(file()).close();
    Files.write(directory.resolve("test.mv.db"), before);
    Database.open(file()).close();
    assertThat(files())
        .containsExactly("test-schema-3-2.mv.db", "test-schema-3.mv.db", "test.mv.db");
  }

  @Test
  void theDatabaseOfANewerVersionIsRefused() throws Exception {
    Database.open(file()).close();
    Jdbi.create("jdbc:h2:file:" + file(), "sa", "")
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO "flyway_schema_history" SELECT MAX("installed_rank") + 1, '999',
                      'a later one', 'SQL', 'V999__a_later_one.sql', 1, 'sa', CURRENT_TIMESTAMP, 1,
                      TRUE FROM "flyway_schema_history"
                    """));
    DatabaseInspection before = DatabaseInspection.inPlace(file());
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Database.open(file()))
        .withMessageContainingAll("newer version", "999", "test.mv.db");
    assertThat(files()).containsExactly("test.mv.db");
    assertThat(DatabaseInspection.inPlace(file())).isEqualTo(before);
  }

  /** What version 9 wrote, and the code that it becomes. */
  private static final Map<String, CauseRow> TIMELINE = timeline();

  private static Map<String, CauseRow> timeline() {
    Map<String, CauseRow> all = new LinkedHashMap<>();
    all.put("submitted", new CauseRow("submitted", "{}"));
    all.put("started on GPU 0 (K80)", new CauseRow("started", "{\"device\":\"GPU 0 (K80)\"}"));
    all.put("cancelled by hand", new CauseRow("cancel-requested", "{}"));
    all.put(
        "cancelled with sweep a.b-1",
        new CauseRow("cancelled-with-sweep", "{\"sweep\":\"a.b-1\"}"));
    all.put(
        "cancelled with job 7, whose result it needs",
        new CauseRow("cancelled-with-job", "{\"job\":7}"));
    all.put("pause requested", new CauseRow("pause-requested", "{}"));
    all.put("resumed", new CauseRow("resumed", "{}"));
    all.put("resumed with sweep demo", new CauseRow("resumed-with-sweep", "{\"sweep\":\"demo\"}"));
    all.put("resumed with job 7", new CauseRow("resumed-with-job", "{\"job\":7}"));
    all.put("resumes by itself", new CauseRow("retried", "{}"));
    all.put(
        "waits after epoch 3 to be compared with the other trials",
        new CauseRow("rung-reached", "{\"epoch\":3}"));
    all.put(
        "goes on: number 1 of the 6 trials after epoch 3",
        new CauseRow("promoted", "{\"epoch\":3,\"place\":1,\"trials\":6}"));
    all.put(
        "ends after epoch 3: with a validation accuracy of 0.812 it is number 4 of the 6 trials",
        new CauseRow("outdone", "{\"accuracy\":0.812,\"epoch\":3,\"place\":4,\"trials\":6}"));
    all.put("the worker finished", new CauseRow("completed", "{}"));
    all.put(
        "the worker stopped and left a checkpoint", new CauseRow("stopped-with-checkpoint", "{}"));
    all.put(
        "the worker stopped; it left no checkpoint",
        new CauseRow("stopped-without-checkpoint", "{}"));
    all.put(
        "paused: node \"n2\" was lost",
        new CauseRow("legacy", "{\"text\":\"paused: node \\\"n2\\\" was lost\"}"));
    all.put(
        "started on a \"device\"",
        new CauseRow("legacy", "{\"text\":\"started on a \\\"device\\\"\"}"));
    // As long as the column was, and longer with its escapes.
    all.put("\n".repeat(4000), new CauseRow("legacy", "{\"text\":\"" + "\\n".repeat(4000) + "\"}"));
    return all;
  }

  /** A database of version 9 in which sentences tell why. */
  private void createWithSentences() {
    create("9", "FAILED", "UPDATE jobs SET reason = 'it diverged', error_family = 'USER_ERROR'");
    Jdbi.create("jdbc:h2:file:" + file(), "sa", "")
        .useHandle(
            handle -> {
              for (String cause : TIMELINE.keySet()) {
                handle.execute(
                    """
                    INSERT INTO transitions (job, at, from_state, to_state, cause)
                    VALUES (1, CURRENT_TIMESTAMP, 'QUEUED', 'RUNNING', ?)
                    """,
                    cause);
              }
              for (String[] job :
                  new String[][] {
                    {"PAUSED", "paused"},
                    {"PAUSED", "waits after epoch 3 to be compared with the other trials"},
                    {"CANCELLED", "cancelled with job 1, whose result it needs"},
                    {"INTERRUPTED", "node n2 was lost"},
                    {"CANCELLED", null},
                    {"SUCCEEDED", null},
                  }) {
                handle.execute(
                    """
                    INSERT INTO jobs (kind, title, spec, state, reason, created_at, queued_at,
                                      cancel_requested, checkpoint)
                    VALUES ('train', 'another', '{}', ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
                            FALSE, FALSE)
                    """,
                    job[0],
                    job[1]);
              }
              for (String[] sweep :
                  new String[][] {
                    {"by-hand", "held by hand", "FALSE", null},
                    {
                      "told",
                      "stopped after 3 failures in a row, the last of job 7: a\nb",
                      "TRUE",
                      ""
                    },
                    {
                      "untold",
                      "stopped after 3 failures in a row, the last of job 7: c",
                      "TRUE",
                      null
                    },
                    {"another", "stopped for the night", "TRUE", null},
                    {"free", null, "FALSE", null},
                  }) {
                handle.execute(
                    """
                    INSERT INTO sweeps (name, definition, created_at, held, hold_reason, stopped,
                                        stop_after, failures, told_stop)
                    VALUES (?, '', CURRENT_TIMESTAMP, ?, ?, ?, 3, 0, ?)
                    """,
                    sweep[0],
                    sweep[1] != null,
                    sweep[1],
                    Boolean.valueOf(sweep[2]),
                    sweep[3] == null ? null : sweep[1]);
              }
            });
  }

  private void assertCauses() {
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.jobs().transitions(1)).join())
          .extracting(TransitionRow::cause)
          .containsExactlyElementsOf(TIMELINE.values());
      StateRow failed = state(database, 1);
      assertThat(failed.errorMessage()).contains("it diverged");
      assertThat(failed.cause()).isEmpty();
      assertThat(List.of(2L, 3L, 4L, 5L, 6L))
          .extracting(id -> state(database, id).cause().orElseThrow())
          .containsExactly(
              new CauseRow("paused", "{}"),
              new CauseRow("rung-reached", "{\"epoch\":3}"),
              new CauseRow("cancelled-with-job", "{\"job\":1}"),
              new CauseRow("legacy", "{\"text\":\"node n2 was lost\"}"),
              new CauseRow("legacy", "{\"text\":\"cancelled\"}"));
      assertThat(List.of(2L, 3L, 4L, 5L, 6L, 7L))
          .allMatch(id -> state(database, id).errorMessage().isEmpty());
      assertThat(hold(database, "by-hand")).contains(new CauseRow("held-by-hand", "{}"));
      assertThat(hold(database, "told"))
          .contains(
              new CauseRow(
                  "stopped-after-failures", "{\"failures\":3,\"job\":7,\"detail\":\"a\\nb\"}"));
      assertThat(hold(database, "another"))
          .contains(new CauseRow("legacy", "{\"text\":\"stopped for the night\"}"));
      assertThat(hold(database, "free")).isEmpty();
      assertThat(database.read(tables -> tables.sweeps().unreported()).join())
          .extracting(SweepRow::name)
          .containsExactlyInAnyOrder("untold", "another");
    }
  }

  private static StateRow state(Database database, long job) {
    return database.read(tables -> tables.jobs().find(job)).join().orElseThrow().state();
  }

  private static Optional<CauseRow> hold(Database database, String sweep) {
    return database.read(tables -> tables.sweeps().find(sweep)).join().orElseThrow().hold();
  }

  @Test
  void sentencesOfVersion9BecomeCodes() {
    createWithSentences();
    assertCauses();
  }

  /** Wherever a server dies while sentences become codes, the next one ends what it began. */
  @Test
  void sentencesBecomeCodesHoweverOftenThatIsBegun() throws Exception {
    createWithSentences();
    byte[] before = Files.readAllBytes(directory.resolve("test.mv.db"));
    List<String> statements = statements("V11__causes.sql");
    assertThat(statements).hasSizeGreaterThan(20);
    for (int done = 1; done <= statements.size(); done++) {
      Files.write(directory.resolve("test.mv.db"), before);
      List<String> first = statements.subList(0, done);
      Jdbi.create("jdbc:h2:file:" + file(), "sa", "")
          .useHandle(
              handle -> {
                for (String statement : first) {
                  try (Statement plain = handle.getConnection().createStatement()) {
                    plain.execute(statement);
                  }
                }
              });
      assertCauses();
    }
  }

  private static List<String> statements(String migration) throws IOException {
    try (InputStream script =
        Database.class.getResourceAsStream("/org/bagnetlab/storage/migrations/" + migration)) {
      String text =
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.replaceAll("(?m)^--.*$", "").split(";\\s*\\n"))
          .filter(statement -> !statement.isBlank())
          .toList();
    }
  }

  /** H2 commits each change of a schema by itself. */
  @Test
  void aMigrationThatWasKilledIsDoneAgain() {
    create("8", "QUEUED", "CREATE TABLE lab (identity VARCHAR(36) NOT NULL)");
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.jobs().numbers()).join()).hasSize(1);
      assertThat(database.read(tables -> tables.deletions().all()).join()).isEmpty();
    }
  }

  @Test
  void whoCannotMigrateIsToldWhereTheCopyIs() throws Exception {
    create("8", "QUEUED", "CREATE TABLE deletions (another BIGINT)", "CREATE VIEW lab AS SELECT 1");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Database.open(file()))
        .withMessageContainingAll("cannot be migrated", "test-schema-8.mv.db");
    assertThat(DatabaseInspection.inPlace(directory.resolve("test-schema-8")).rows())
        .containsEntry("JOBS", 1L);
  }
}
