package org.bagnetlab.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version is opened with all that is in it. */
class MigrationTests {

  @TempDir Path directory;

  @Test
  void jobsOfVersion1StartFromNoWeights() {
    Path file = directory.resolve("test");
    String url = "jdbc:h2:file:" + file;
    Flyway.configure()
        .dataSource(url, "sa", "")
        .locations("classpath:org/bagnetlab/storage/migrations")
        .target("1")
        .load()
        .migrate();
    Jdbi.create(url, "sa", "")
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO jobs (kind, title, spec, dataset, state, created_at, queued_at,
                                      cancel_requested, checkpoint)
                    VALUES ('train', 'a training', '{}', 'scene15', 'QUEUED', CURRENT_TIMESTAMP,
                            CURRENT_TIMESTAMP, FALSE, FALSE)
                    """));
    try (Database database = Database.open(file)) {
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
}
