package org.bagnetlab.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates a database to the schema of this version, after keeping a copy. */
final class Schema {

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  static final String MIGRATIONS = "classpath:org/bagnetlab/storage/schema";

  private static final Set<MigrationState> FROM_THE_FUTURE =
      Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Schema() {}

  /**
   * Opens a database, and creates or migrates its tables.
   *
   * @throws StorageException if a newer version made the tables, or if the database cannot be
   *     copied beforehand
   */
  static HikariDataSource open(Path database) {
    return open(database, MIGRATIONS);
  }

  /** Opens a database with custom migrations. */
  static HikariDataSource open(Path database, String... migrations) {
    if (!Files.exists(DatabaseFiles.store(database))) {
      ConnectionPool.create(database);
    }
    HikariDataSource connections = ConnectionPool.connect(database);
    try {
      MigrationInfoService schema = flyway(connections, migrations).info();
      refuseNewer(database, schema);
      if (schema.current() == null || schema.pending().length == 0) {
        flyway(connections, migrations).migrate();
        return connections;
      }
      // Closes the file for the copy, since a closed file is consistent.
      connections.close();
      Path copy = copy(database, version(schema.current()));
      connections = ConnectionPool.connect(database);
      migrate(flyway(connections, migrations), database, copy);
      return connections;
    } catch (FlywayException e) {
      connections.close();
      throw new StorageException(
          "The database %s was made by another version of Bagnet Lab: %s."
              .formatted(DatabaseFiles.store(database), reason(e)),
          e);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  private static void migrate(Flyway flyway, Path database, Path copy) {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StorageException(
          "The database cannot be migrated: %s. The previous database is kept as %s: to return to the earlier version, replace %s with it."
              .formatted(reason(e), copy, DatabaseFiles.store(database)),
          e);
    }
  }

  /** Flyway's message has many lines; the first two contain the error. */
  private static String reason(FlywayException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .limit(2)
        .collect(Collectors.joining(": "));
  }

  private static Flyway flyway(HikariDataSource connections, String... migrations) {
    return Flyway.configure().dataSource(connections).locations(migrations).load();
  }

  private static String version(MigrationInfo migration) {
    return migration.getVersion().toString();
  }

  private static void refuseNewer(Path database, MigrationInfoService migrations) {
    boolean newer =
        Arrays.stream(migrations.applied())
            .map(MigrationInfo::getState)
            .anyMatch(FROM_THE_FUTURE::contains);
    if (newer) {
      throw new StorageException(
          ("The database %s was made by a newer version of Bagnet Lab: this version does not support its"
                  + " schema version %s. Start the newer version, or use another data directory."
                  + " Nothing was changed.")
              .formatted(DatabaseFiles.store(database), version(migrations.current())));
    }
  }

  private static Path copy(Path database, String version) {
    Path file = DatabaseFiles.store(database);
    Path copy = DatabaseFiles.store(DatabaseFiles.beforeMigration(database, version, 1));
    for (int number = 2; Files.exists(copy); number++) {
      copy = DatabaseFiles.store(DatabaseFiles.beforeMigration(database, version, number));
    }
    Path part = copy.resolveSibling(copy.getFileName() + ".part");
    try {
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      FileTree.sync(part);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      DatabaseFiles.syncDirectory(copy);
      DataDirectory.keepToOwner(copy, DataDirectory.OWNER_FILE);
    } catch (IOException e) {
      part.toFile().delete();
      throw new StorageException(
          "The database %s must be migrated, and cannot be copied before: %s. Nothing was changed."
              .formatted(file, e.getMessage()),
          e);
    }
    LOG.info(
        "The database is migrated from schema version {}; a copy is kept as {}", version, copy);
    return copy;
  }
}
