package org.bagnetlab.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
              database
                  .read(tables -> tables.jobs().startingFrom("imagenet", List.of("QUEUED")))
                  .join())
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
}
