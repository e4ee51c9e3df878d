package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.storage.StorageException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is made, and brought to a later schema, with all that is in it. */
class MigrationTests {

  private static final String LATER = "classpath:org/bagnetlab/storage/later";
  private static final String FAILING = "classpath:org/bagnetlab/storage/failing";

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("test");
  }

  private Jdbi connect() {
    return Jdbi.create("jdbc:h2:file:" + file() + ";TRACE_LEVEL_FILE=0", "sa", "");
  }

  /** A database with one job in it. */
  private void create() {
    Database.open(file()).close();
    connect()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO jobs (kind, title, spec, dataset, state, created_at, queued_at,
                                      cancel_requested, checkpoint)
                    VALUES ('train', 'a training', '{}', 'scene15', 'QUEUED', CURRENT_TIMESTAMP,
                            CURRENT_TIMESTAMP, FALSE, FALSE)
                    """));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private long columnsOfLater() {
    return connect()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT COUNT(*) FROM information_schema.columns WHERE column_name = 'LATER'")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void aMigratedDatabaseIsKeptAsItWas() throws Exception {
    create();
    byte[] before = Files.readAllBytes(directory.resolve("test.mv.db"));
    Schema.open(file(), Schema.MIGRATIONS, LATER).close();
    assertThat(columnsOfLater()).isEqualTo(1);
    assertThat(files()).contains("test-schema-8.mv.db");
    assertThat(DatabaseInspection.inPlace(directory.resolve("test-schema-8")).rows())
        .containsEntry("JOBS", 1L);
    assertThat(Files.getPosixFilePermissions(directory.resolve("test-schema-8.mv.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    // What needs no migration needs no copy; one that is migrated again gets another.
    Schema.open(file(), Schema.MIGRATIONS, LATER).close();
    Files.write(directory.resolve("test.mv.db"), before);
    Schema.open(file(), Schema.MIGRATIONS, LATER).close();
    assertThat(files())
        .containsExactly("test-schema-8-2.mv.db", "test-schema-8.mv.db", "test.mv.db");
  }

  @Test
  void theDatabaseOfANewerVersionIsRefused() throws Exception {
    create();
    Schema.open(file(), Schema.MIGRATIONS, LATER).close();
    Files.delete(directory.resolve("test-schema-8.mv.db"));
    DatabaseInspection before = DatabaseInspection.inPlace(file());
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Database.open(file()))
        .withMessageContainingAll("newer version", "schema version 9000", "test.mv.db");
    assertThat(files()).containsExactly("test.mv.db");
    assertThat(DatabaseInspection.inPlace(file())).isEqualTo(before);
  }

  @Test
  void whoCannotMigrateIsToldWhereTheCopyIs() throws Exception {
    create();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Schema.open(file(), Schema.MIGRATIONS, FAILING))
        .withMessageContainingAll("cannot be migrated", "test-schema-8.mv.db");
    assertThat(DatabaseInspection.inPlace(directory.resolve("test-schema-8")).rows())
        .containsEntry("JOBS", 1L);
  }

  @Test
  void aDatabaseOfBeforeTheFirstReleaseIsToBeConverted() {
    create();
    connect()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    UPDATE "flyway_schema_history" SET "script" = 'V1__jobs_runs_artifacts.sql'
                    """));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DatabaseInspection.ofCopy(file()))
        .withMessageContainingAll("scripts/convert-data-directory", "Nothing was changed");
  }

  /** Wherever the first server dies, the next one ends what it began: H2 commits each statement. */
  @Test
  void theTablesAreMadeHoweverOftenThatIsBegun() throws Exception {
    List<String> statements = statements();
    assertThat(statements).hasSizeGreaterThan(30);
    for (int done = 0; done <= statements.size(); done++) {
      List<String> first = statements.subList(0, done);
      // Flyway makes its own table first.
      Schema.open(file(), "classpath:org/bagnetlab/storage/none").close();
      connect()
          .useHandle(
              handle -> {
                for (String statement : first) {
                  try (Statement plain = handle.getConnection().createStatement()) {
                    plain.execute(statement);
                  }
                }
              });
      assertThat(DatabaseInspection.inPlace(file()).damage()).isEmpty();
      try (Database database = Database.open(file())) {
        assertThat(database.read(tables -> tables.jobs().numbers()).join()).isEmpty();
        assertThat(database.read(tables -> tables.lab().commits()).join()).isZero();
      }
      assertThat(files()).containsExactly("test.mv.db");
      Files.delete(directory.resolve("test.mv.db"));
    }
  }

  private static List<String> statements() throws IOException {
    List<String> statements = new ArrayList<>(statements("V1__schema.sql"));
    statements.addAll(statements("V2__trials.sql"));
    statements.addAll(statements("V3__provenance.sql"));
    statements.addAll(statements("V4__costs.sql"));
    statements.addAll(statements("V5__slots.sql"));
    statements.addAll(statements("V6__windows.sql"));
    statements.addAll(statements("V7__messages.sql"));
    statements.addAll(statements("V8__ended.sql"));
    return statements;
  }

  private static List<String> statements(String migration) throws IOException {
    try (InputStream script =
        Database.class.getResourceAsStream("/org/bagnetlab/storage/schema/" + migration)) {
      String text =
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.replaceAll("(?m)^ *--.*$", "").split(";\\s*\\n"))
          .filter(statement -> !statement.isBlank())
          .toList();
    }
  }
}
