package org.bagnetlab.storage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bagnetlab.storage.StorageException;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.ConnectionException;

/** Opens H2's file, with one connection for each thread that uses it. */
final class ConnectionPool {

  /**
   * How long to wait for a connection. On a full disk, one reader in thousands waits for a file
   * that cannot be opened, and the client must get a response before it times out.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** More than the number of distinct statements, except those with lists of any length. */
  private static final int STATEMENTS = 128;

  private ConnectionPool() {}

  /** Creates an empty database. */
  static void create(Path file) {
    connect(file, "").close();
  }

  /**
   * Opens connections to a database's file. If the file is unavailable, for example on a missing
   * disk, no connection may ever recreate it as an empty file.
   */
  static HikariDataSource connect(Path file) {
    return connect(file, ";IFEXISTS=TRUE");
  }

  private static HikariDataSource connect(Path file, String settings) {
    try {
      return new HikariDataSource(configuration(file, settings));
    } catch (HikariPool.PoolInitializationException e) {
      if (e.getCause() instanceof SQLException cause
          && cause.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        StorageException inUse = inUse(file);
        inUse.initCause(e);
        throw inUse;
      }
      throw e;
    }
  }

  /**
   * Opens all connections of a pool. Otherwise the pool would open them one by one while the first
   * is in use, and each new connection sets H2's write delay for all. Not used when a failed file
   * is reopened, since readers and writers must not wait for all connections then: a large change
   * that comes so early only makes the file larger than necessary.
   */
  static HikariDataSource filled(HikariDataSource pool) {
    Deque<Connection> opened = new ArrayDeque<>();
    try {
      while (opened.size() < pool.getMaximumPoolSize()) {
        opened.push(pool.getConnection());
      }
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
      return pool;
    } catch (SQLException e) {
      pool.close();
      throw new ConnectionException(e);
    }
  }

  /** The error that another program has a database's file open. */
  static StorageException inUse(Path file) {
    return new StorageException(
        "The database %s is open in another program. Close that program, then start again."
            .formatted(file.getParent()));
  }

  private static HikariConfig configuration(Path file, String settings) {
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("database");
    // With H2's default write delay of 500 ms, a killed process loses the commits of that time. On
    // exit, H2's own shutdown hook would close the database while the server is still closing. We
    // compact the file ourselves. A connection keeps all of our statements parsed, but not their
    // last results.
    configuration.setJdbcUrl(
        "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;QUERY_CACHE_SIZE=%d;OPTIMIZE_REUSE_RESULTS=0%s"
            .formatted(file.toAbsolutePath().toString().replace(";", "\\;"), STATEMENTS, settings));
    configuration.setUsername("sa");
    configuration.setPassword("");
    // Each thread has its own connection, so a thread waits only if the file cannot be opened.
    configuration.setMaximumPoolSize(Database.READERS + 2);
    configuration.setConnectionTimeout(LONGEST_WAIT.toMillis());
    // Connections to an embedded database do not age, and replacing them only risks an interrupt.
    configuration.setMaxLifetime(0);
    configuration.setKeepaliveTime(0);
    return configuration;
  }
}
