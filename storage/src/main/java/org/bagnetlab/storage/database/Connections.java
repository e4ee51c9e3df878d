package org.bagnetlab.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to an open database file.
 *
 * <p>When a commit fails because of the file, H2 considers its transaction ended. A rollback or the
 * session's next statement would nevertheless register a use of the transaction's version again,
 * which is never released ({@code MVStore.registerVersionUsage}). So such a session is only closed,
 * whereas Jdbi's own transactions would roll back.
 */
final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** H2's errors for a database that it has closed or whose file is missing. */
  private static final Set<Integer> CLOSED =
      Set.of(
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2);

  /** H2 writes to the file at the end of each transaction. */
  private static final int AT_ONCE = 0;

  /** H2 writes only after many changes; a positive number would start a thread for that. */
  private static final int LATER = -1;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  Connections(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    // This class ends transactions itself.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    jdbi.registerArrayType(Long.class, "BIGINT");
  }

  /** Opens a file that has the tables of a lab. */
  static Connections to(Path file) {
    Connections opened = new Connections(ConnectionPool.connect(file));
    try {
      // If the file disappeared between two of H2's checks, H2 has created an empty one.
      return opened.use(
          handle -> {
            var _ = new LabTable(handle).identity();
            return opened;
          });
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Runs a transaction, whose changes are stored atomically. */
  <T> T inTransaction(Function<Handle, T> work) {
    return use(
        handle -> {
          Connection connection = handle.getConnection();
          try {
            connection.setAutoCommit(false);
            T result = work.apply(handle);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
          } catch (SQLException e) {
            rollBack(connection, e);
            throw new TransactionException(e);
          } catch (RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
          }
        });
  }

  /**
   * Runs a writing transaction; only one at a time. H2 stores each ID that it assigns to a row in a
   * separate transaction, at whose end it would write all changes made so far to the file.
   */
  <T> T inWritingTransaction(Function<Handle, T> work) {
    return inTransaction(
        handle -> {
          MVStore store = store(handle);
          store.setAutoCommitDelay(LATER);
          try {
            return work.apply(handle);
          } finally {
            store.setAutoCommitDelay(AT_ONCE);
          }
        });
  }

  /** The store that H2 uses for the database of a connection. */
  static MVStore store(Handle handle) {
    try {
      return Snapshot.source(handle.getConnection());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Rolls back unless the file failed; a new failure is added to {@code why}. Does not use a
   * statement: the end of a statement would release the transaction's version a second time, and
   * then the versions of readers would never be released either.
   */
  private static void rollBack(Connection connection, Throwable why) {
    if (hasFailed(connection)) {
      return;
    }
    try {
      Snapshot.session(connection).rollback();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** Runs statements, each in its own transaction. */
  <T> T use(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      try {
        return work.apply(handle);
      } catch (RuntimeException | Error e) {
        if (hasFailed(handle.getConnection())) {
          abandon(handle.getConnection());
        }
        throw e;
      }
    }
  }

  /** Whether H2 has closed its file after a failure, which may also be the file of a copy. */
  private static boolean hasFailed(Connection connection) {
    try {
      MVStore store = Snapshot.source(connection);
      return store.isClosed() || store.getPanicException() != null;
    } catch (IOException | RuntimeException e) {
      return true; // the session was closed with the file
    }
  }

  /** The store that H2 uses for the database. */
  MVStore store() {
    return use(Connections::store);
  }

  private static void abandon(Connection connection) {
    try {
      Snapshot.session(connection).close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A session of the failed database file was ended", e);
    }
  }

  /** Whether H2 failed to read or write its file, after which its database is unusable. */
  static boolean ofTheFile(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException
          || (cause instanceof SQLException sql && CLOSED.contains(sql.getErrorCode()))
          || Stream.of(cause.getSuppressed()).anyMatch(Connections::ofTheFile)) {
        return true;
      }
    }
    return false;
  }

  boolean isClosed() {
    return pool.isClosed();
  }

  @Override
  public void close() {
    pool.close();
  }
}
