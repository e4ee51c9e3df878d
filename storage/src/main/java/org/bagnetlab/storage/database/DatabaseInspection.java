package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.FullDisk;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.mvstore.MVStoreException;
import org.h2.schema.Schema;
import org.h2.table.Table;
import org.h2.table.TableType;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects a database file before a server uses it. H2 opens a damaged file as well as it can,
 * without an error: a truncated file may have no tables, or counts of rows that do not exist. It
 * also changes files that it opens, for example to roll back an interrupted transaction.
 *
 * @param identity of the data directory that it belongs to; empty if not recorded
 * @param nextJob the ID that its next job would get
 * @param commits how many changes were committed
 * @param rows number of rows by table
 * @param damage description of its damage; empty if it is intact
 */
record DatabaseInspection(
    Optional<String> identity,
    long nextJob,
    long commits,
    Map<String, Long> rows,
    Optional<String> damage) {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseInspection.class);

  /** Flyway's table. */
  private static final String HISTORY = "flyway_schema_history";

  private static final String SETTINGS =
      ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;TRACE_LEVEL_FILE=0";
  private static final String READ_ONLY = SETTINGS + ";ACCESS_MODE_DATA=r";

  /**
   * Inspects an existing database without changing it: a copy is opened. Reads all of it.
   *
   * @param database its file, without the suffix that H2 adds
   * @return empty if the disk is too full for a copy, since then no reliable result is possible
   * @throws IOException if it cannot be read now, which does not mean that it is damaged
   * @throws StorageException if another program has it open
   */
  static Optional<DatabaseInspection> ofCopy(Path database) throws IOException {
    Path name = DatabaseFiles.inspected(database);
    Path copy = DatabaseFiles.store(name);
    try {
      copy(database, copy);
      return Optional.of(inPlace(name));
    } catch (IOException | StorageException e) {
      if (!FullDisk.caused(e)) {
        throw e;
      }
      LOG.warn("The disk is too full to copy the database for inspection: {}", e.getMessage());
      return Optional.of(read(database, READ_ONLY))
          .filter(inspection -> inspection.damage().isEmpty());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Copies the file. While another program has it open, the copy may be inconsistent. */
  static void copy(Path database, Path copy) throws IOException {
    Path store = DatabaseFiles.store(database);
    try (FileChannel channel =
            FileChannel.open(store, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw ConnectionPool.inUse(database);
      }
      Files.copy(store, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Inspects a database that was closed properly, or is a copy. H2 may change its file.
   *
   * @throws StorageException if the disk is full
   */
  static DatabaseInspection inPlace(Path database) {
    return read(database, SETTINGS);
  }

  /** The URL for reading a database that was inspected. */
  static String url(Path database) {
    return url(database, READ_ONLY);
  }

  private static String url(Path database, String settings) {
    return "jdbc:h2:file:" + database.toAbsolutePath().toString().replace(";", "\\;") + settings;
  }

  private static DatabaseInspection read(Path database, String settings) {
    try (Connection connection = DriverManager.getConnection(url(database, settings), "sa", "")) {
      Map<String, Long> rows = rows(connection);
      return Jdbi.create(() -> connection).withHandle(handle -> of(handle, rows));
    } catch (DamagedTable e) {
      return damaged(String.valueOf(e.getMessage()));
    } catch (SQLException | DbException | MVStoreException e) {
      if (FullDisk.caused(e)) {
        throw new StorageException("The database cannot be opened: " + firstLine(e), e);
      }
      if (e instanceof SQLException sql && sql.getErrorCode() == ErrorCode.FILE_VERSION_ERROR_1) {
        throw new StorageException(
            "The database %s was written by a newer version of H2. Start the version of Bagnet Lab that wrote it."
                .formatted(DatabaseFiles.store(database)),
            e);
      }
      return damaged("H2 cannot read it (error %s)".formatted(code(e)));
    }
  }

  /**
   * Checks that a copy has the same rows as an open database to which nothing is written.
   *
   * @throws IOException if not
   */
  static void requireEqual(Handle open, Path copy) throws IOException {
    DatabaseInspection original = of(open);
    DatabaseInspection copied = inPlace(copy);
    if (!original.equals(copied) || copied.damage().isPresent()) {
      throw new IOException("the copy is %s, and not %s".formatted(copied, original));
    }
  }

  private static DatabaseInspection of(Handle open) throws IOException {
    try {
      return of(open, rows(open.getConnection()));
    } catch (DamagedTable e) {
      return damaged(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static DatabaseInspection damaged(String damage) {
    return new DatabaseInspection(Optional.empty(), 1, 1, Map.of(), Optional.of(damage));
  }

  /** Only the error code: the message refers to the copy and to a tool that is not included. */
  private static String code(Exception e) {
    return e instanceof SQLException sql ? String.valueOf(sql.getErrorCode()) : firstLine(e);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static DatabaseInspection of(Handle handle, Map<String, Long> rows) {
    requireConverted(handle, rows);
    // The schema inserts this row last. The first server may have been killed before that.
    if (rows.getOrDefault("LAB", 0L) == 0) {
      return new DatabaseInspection(Optional.empty(), 1, 0, rows, Optional.empty());
    }
    LabTable lab = new LabTable(handle);
    return new DatabaseInspection(
        lab.identity(), lab.nextJob(), lab.commits(), rows, Optional.empty());
  }

  /** Before the first release the schema was different and had sixteen migrations. */
  private static void requireConverted(Handle handle, Map<String, Long> rows) {
    if (rows.containsKey(HISTORY)
        && handle
            .createQuery(
                "SELECT COUNT(*) > 0 FROM \"%s\" WHERE \"script\" = 'V1__jobs_runs_artifacts.sql'"
                    .formatted(HISTORY))
            .mapTo(Boolean.class)
            .one()) {
      throw new StorageException(
          "The data directory was made before the first release: convert it with scripts/convert-data-directory, then start again. Nothing was changed.");
    }
  }

  /** Reports a table whose rows differ from those in its indexes. */
  private static final class DamagedTable extends Exception {

    private static final long serialVersionUID = 1;

    DamagedTable(String table, long rows, String index, long found) {
      super("its table %s should have %d rows, but %s has %d".formatted(table, rows, index, found));
    }
  }

  /** Reads each row of each table through each of the table's indexes. */
  private static Map<String, Long> rows(Connection connection) throws SQLException, DamagedTable {
    SessionLocal session = Snapshot.session(connection);
    Map<String, Long> rows = new TreeMap<>();
    for (Schema schema : session.getDatabase().getAllSchemas()) {
      for (Table table : schema.getAllTablesAndViews(session)) {
        if (table.getTableType() == TableType.TABLE) {
          rows.put(table.getName(), rows(session, table));
        }
      }
    }
    return rows;
  }

  private static long rows(SessionLocal session, Table table) throws DamagedTable {
    long rows = table.getRowCount(session);
    for (Index index : table.getIndexes()) {
      long found = count(session, index);
      if (found != rows) {
        throw new DamagedTable(table.getName(), rows, index.getName(), found);
      }
    }
    return rows;
  }

  private static long count(SessionLocal session, Index index) {
    Cursor cursor = index.find(session, null, null, false);
    long found = 0;
    while (cursor.next()) {
      found++;
    }
    return found;
  }
}
