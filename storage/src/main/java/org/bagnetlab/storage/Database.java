package org.bagnetlab.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions on the H2 file database, away from the event loops, and loses no committed one.
 *
 * <p>Writes run one after another on a single thread, so that what they publish has one order; H2
 * would serialise them anyway. Its threads are never interrupted: an interrupt inside H2's file
 * access closes the database for everyone (h2database#227).
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int READERS = 3;

  /** What H2 says of a database that it has given up. */
  private static final Set<Integer> CLOSED =
      Set.of(ErrorCode.DATABASE_IS_CLOSED, ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2);

  /** Writes that are told together, at most. */
  private static final int MOST_UNTOLD = 64;

  private final Path file;
  private volatile Store store;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(StorageThreads.named("database-writer"));
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, StorageThreads.named("database-reader"));

  private final AtomicInteger waiting = new AtomicInteger();

  /** What is committed and not told yet. The writing thread's. */
  private final List<Runnable> untold = new ArrayList<>();

  private boolean unsynchronised;

  /** Connections to the open file. */
  private record Store(HikariDataSource connections, Jdbi jdbi) {

    /** Opens the file again. One that is away, as a disk may be, must not begin anew as empty. */
    static Store reopen(Path file) {
      HikariDataSource connections = connect(file, ";IFEXISTS=TRUE");
      return new Store(connections, Jdbi.create(connections));
    }
  }

  private Database(Path file, HikariDataSource connections) {
    this.file = file;
    this.store = new Store(connections, Jdbi.create(connections));
  }

  /**
   * Opens the database, creating or migrating it as needed.
   *
   * @param file without the suffix that H2 adds
   * @throws StorageException if another program has it open
   */
  public static Database open(Path file) {
    HikariDataSource connections = connect(file, "");
    try {
      Flyway.configure()
          .dataSource(connections)
          .locations("classpath:org/bagnetlab/storage/migrations")
          .load()
          .migrate();
      return new Database(file, connections);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  private static HikariDataSource connect(Path file, String settings) {
    try {
      return new HikariDataSource(configuration(file, settings));
    } catch (HikariPool.PoolInitializationException e) {
      if (e.getCause() instanceof SQLException cause
          && cause.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        throw new StorageException(
            "The database %s is open in another program. Close that one, then start again."
                .formatted(file.getParent()),
            e);
      }
      throw e;
    }
  }

  private static HikariConfig configuration(Path file, String settings) {
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("database");
    // At H2's default delay of 500 ms a killed process loses the commits of that time, and on exit
    // H2's own hook would close the database under a server that is still closing.
    configuration.setJdbcUrl(
        "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE%s"
            .formatted(file.toAbsolutePath().toString().replace(";", "\\;"), settings));
    configuration.setUsername("sa");
    configuration.setPassword("");
    configuration.setMaximumPoolSize(READERS + 1);
    // Connections to an embedded database do not age, and replacing them only risks an interrupt.
    configuration.setMaxLifetime(0);
    configuration.setKeepaliveTime(0);
    return configuration;
  }

  /** Reads in a transaction. */
  public <T> CompletableFuture<T> read(Function<Tables, T> query) {
    return CompletableFuture.supplyAsync(() -> transaction(query), readers);
  }

  /** Changes in a transaction. */
  public <T> CompletableFuture<T> write(Function<Tables, T> change) {
    return write(change, result -> {});
  }

  /**
   * Changes in a transaction, and tells of it in the order of the commits.
   *
   * @param committed called with the result on the writing thread, after the commit, in the order
   *     of the commits; later writes may be committed by then. Must not block
   */
  public <T> CompletableFuture<T> write(Function<Tables, T> change, Consumer<T> committed) {
    return write(change, committed, false);
  }

  /**
   * Like {@link #write(Function, Consumer)}, and on the disk itself before it is told, if the disk
   * takes it: what is committed stays so, and must not be told as failed.
   */
  public <T> CompletableFuture<T> writeThrough(Function<Tables, T> change, Consumer<T> committed) {
    return write(change, committed, true);
  }

  private <T> CompletableFuture<T> write(
      Function<Tables, T> change, Consumer<T> committed, boolean through) {
    CompletableFuture<T> told = new CompletableFuture<>();
    waiting.incrementAndGet();
    Runnable work =
        () -> {
          try {
            T result = transaction(change);
            untold.add(() -> tell(result, committed, told));
            unsynchronised |= through;
          } catch (RuntimeException | Error e) {
            untold.add(() -> told.completeExceptionally(e));
          }
          if (waiting.decrementAndGet() == 0 || untold.size() >= MOST_UNTOLD) {
            tellAll();
          }
        };
    try {
      writer.execute(work);
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      told.completeExceptionally(e);
    }
    return told;
  }

  /** One trip to the disk serves all writes that came meanwhile. */
  private void tellAll() {
    if (unsynchronised) {
      synchronise();
      unsynchronised = false;
    }
    List<Runnable> all = List.copyOf(untold);
    untold.clear();
    all.forEach(Runnable::run);
  }

  private static <T> void tell(T result, Consumer<T> committed, CompletableFuture<T> told) {
    try {
      committed.accept(result);
      told.complete(result);
    } catch (RuntimeException | Error e) {
      told.completeExceptionally(e);
    }
  }

  private void synchronise() {
    try {
      store.jdbi().useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
    } catch (RuntimeException e) {
      LOG.error("A committed change may not be on the disk yet", e);
    }
  }

  private <T> T transaction(Function<Tables, T> work) {
    if (store.connections().isClosed()) {
      reopen(store);
    }
    Store used = store;
    try {
      return used.jdbi().inTransaction(handle -> work.apply(new Tables(handle)));
    } catch (JdbiException e) {
      if (ofTheFile(e)) {
        reopen(used);
      }
      throw e;
    }
  }

  /** Whether H2 could not write or read its file. After that it answers nothing any more. */
  private static boolean ofTheFile(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException
          || (cause instanceof SQLException sql && CLOSED.contains(sql.getErrorCode()))) {
        return true;
      }
    }
    return false;
  }

  /** Opens the file anew, with all that was committed; while the disk is full, in vain. */
  private synchronized void reopen(Store broken) {
    if (!store.equals(broken)) {
      return;
    }
    LOG.warn("The database's file failed; it is opened anew");
    try {
      broken.connections().close();
      store = Store.reopen(file);
    } catch (RuntimeException e) {
      LOG.error("The database could not be opened anew; the next use of it tries again", e);
    }
  }

  /** Waits for what was begun, then closes. */
  @Override
  public void close() {
    StorageThreads.finish(writer);
    StorageThreads.finish(readers);
    store.connections().close();
  }
}
