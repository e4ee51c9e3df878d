package org.bagnetlab.storage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
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

  private static final String COMPACTING = "the database file is being compacted";

  /** Maximum number of writes acknowledged together. */
  private static final int MOST_UNTOLD = 64;

  /** After so long a write is acknowledged although more are waiting. */
  private static final Duration LONGEST_UNTOLD = Duration.ofMillis(20);

  /**
   * For a connection: on a full disk, one reader in thousands waits for a file that cannot be
   * opened, and whoever asked must hear of it before giving up.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** More than there are, without those that differ in the length of a list. */
  private static final int STATEMENTS = 128;

  /** Background work runs when nothing was written for this long. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Path file;
  private final Optional<HighWaterMark> mark;
  private final Compaction compaction;

  /** Held for writing while the file is closed. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private volatile Connections connections;
  private final Function<Path, Connections> opener;
  private final Rescue rescue;
  private final WritingThread writer = new WritingThread();
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, StorageThreads.named("database-reader"));

  private final ExecutorService copier =
      Executors.newSingleThreadExecutor(StorageThreads.named("database-copier"));

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(StorageThreads.named("database-idle"));

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong revision = new AtomicLong();

  /** Whether something was written. The writing thread's. */
  private boolean changed;

  /** When something was written last, in nanoseconds. The writing thread's. */
  private long written = System.nanoTime();

  /** What is committed and not told yet. The writing thread's. */
  private final List<Runnable> untold = new ArrayList<>();

  /** When the first of them was committed, in nanoseconds. The writing thread's. */
  private long firstUntold;

  /** The compaction beside which others write. The writing thread's. */
  private CompletableFuture<?> compacting = CompletableFuture.completedFuture(false);

  /** How often the file could not be opened; changed under this lock. */
  private volatile int failures;

  /** Why it could not be opened the last time; guarded by this. */
  private @Nullable StorageException failure;

  /** Whether those who wait for {@link #untold} want it on the disk. The writing thread's. */
  private boolean unsynchronised;

  /** Whether something was committed that the mark does not count. The writing thread's. */
  private boolean unmarked;

  /** The progress recorded in the mark. */
  private long marked;

  private Database(
      Path file,
      Optional<HighWaterMark> mark,
      HikariDataSource connections,
      Function<Path, Connections> opener) {
    this.file = file;
    this.mark = mark;
    this.compaction = new Compaction(file);
    this.connections = new Connections(connections);
    this.opener = opener;
    this.rescue = new Rescue(file, System::nanoTime);
    rescue.opened(this.connections);
  }

  /**
   * Opens a database, creating or migrating it as needed, without checking the files next to it,
   * which {@link DatabaseStart} does first.
   *
   * @param file without the suffix that H2 adds
   * @throws StorageException if another program has it open, or if a newer version made it
   */
  public static Database open(Path file) {
    return open(file, Optional.empty(), Connections::to);
  }

  /** Opens the database of a data directory, and makes it that if it was another one's. */
  static Database open(DataDirectory directory) {
    Database database =
        open(directory.database(), Optional.of(HighWaterMark.of(directory)), Connections::to);
    try {
      DataDirectory.keepToOwner(
          DatabaseFiles.store(directory.database()), DataDirectory.OWNER_FILE);
      database.identify(directory.identity().id());
      return database;
    } catch (CompletionException e) {
      database.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Opens a database.
   *
   * @param opener opens the file once more, after a compaction or a failure
   */
  static Database open(
      Path file, Optional<HighWaterMark> mark, Function<Path, Connections> opener) {
    Database database = new Database(file, mark, filled(Schema.open(file)), opener);
    ScheduledFuture<?> unused =
        database.clock.scheduleWithFixedDelay(
            database::whileIdle, IDLE.toMillis(), IDLE.toMillis(), TimeUnit.MILLISECONDS);
    return database;
  }

  private void identify(String identity) {
    boolean known =
        read(tables -> tables.lab().identity()).join().filter(identity::equals).isPresent();
    if (!known) {
      writeThrough(
              tables -> {
                tables.lab().identify(identity);
                return identity;
              },
              identified -> {})
          .join();
    }
  }

  /** Creates an empty database. */
  static void create(Path file) {
    connect(file, "").close();
  }

  /**
   * Connections to a database's file. If it is unavailable, for example on a missing disk, it must
   * not be recreated empty, by a later connection either.
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
   * Opens all connections. The pool would open them one after the other while the first is in use,
   * and each of them sets H2's delay for all. Not when a failed file is opened again: then readers
   * and writers must not wait for all, and a large change that comes so early makes the file larger
   * than it need be.
   */
  private static HikariDataSource filled(HikariDataSource pool) {
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

  /** Another program has a database's file open. */
  static StorageException inUse(Path file) {
    return new StorageException(
        "The database %s is open in another program. Close that program, then start again."
            .formatted(file.getParent()));
  }

  private static HikariConfig configuration(Path file, String settings) {
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("database");
    // At H2's default delay of 500 ms a killed process loses the commits of that time, and on exit
    // H2's own hook would close the database under a server that is still closing. Compaction is
    // ours. A connection keeps all of our statements parsed, but not their last results.
    configuration.setJdbcUrl(
        "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;QUERY_CACHE_SIZE=%d;OPTIMIZE_REUSE_RESULTS=0%s"
            .formatted(file.toAbsolutePath().toString().replace(";", "\\;"), STATEMENTS, settings));
    configuration.setUsername("sa");
    configuration.setPassword("");
    // There is a connection for each thread, so that one waits only if the file cannot be opened.
    configuration.setMaximumPoolSize(READERS + 2);
    configuration.setConnectionTimeout(LONGEST_WAIT.toMillis());
    // Connections to an embedded database do not age, and replacing them only risks an interrupt.
    configuration.setMaxLifetime(0);
    configuration.setKeepaliveTime(0);
    return configuration;
  }

  /** Reads in a transaction; once more if the file failed below it, for example in a write. */
  public <T> CompletableFuture<T> read(Function<Tables, T> query) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return transaction(query, false);
          } catch (JdbiException e) {
            if (Connections.ofTheFile(e)) {
              return transaction(query, false);
            }
            throw e;
          }
        },
        readers);
  }

  /** Like {@link #read}, after all that was to be written before is. */
  public <T> CompletableFuture<T> readAfterWrites(Function<Tables, T> query) {
    return CompletableFuture.runAsync(this::tellRest, writer).thenCompose(told -> read(query));
  }

  /**
   * Grows with every change of what is stored about jobs that succeeded, before the change is
   * reported. What is computed from that alone, in transactions that begin after this was asked
   * for, stays right as long as this stays the same.
   */
  public long revision() {
    return revision.get();
  }

  /**
   * Asks the writing thread whether it can use the file, and whether the file is still there. It
   * fails if that hangs, or cannot.
   *
   * @return what the thread is busy with, if it has not come to the question; that is no failure
   */
  public CompletableFuture<Optional<String>> answersWrites() {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    Optional<String> busy = writer.longWork();
    if (busy.isPresent()) {
      answer.complete(busy);
      return answer;
    }
    try {
      writer.execute(() -> answer(answer));
      ScheduledFuture<?> unused =
          clock.schedule(() -> overdue(answer), LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new StorageException("The database is being closed."));
    }
    return answer;
  }

  private void answer(CompletableFuture<Optional<String>> answer) {
    tellRest();
    try {
      Optional<String> lost = rescue.watch(connections);
      if (lost.isPresent()) {
        throw new StorageException(lost.get());
      }
      long unused = transaction(tables -> tables.lab().commits(), false);
      answer.complete(Optional.empty());
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private void overdue(CompletableFuture<Optional<String>> answer) {
    Optional<String> busy = writer.longWork();
    if (busy.isPresent()) {
      answer.complete(busy);
    } else if (writer.isAtItFor(LONGEST_WAIT)) {
      answer.completeExceptionally(
          new StorageException(
              "Nothing is stored: the database has not answered for %d seconds."
                  .formatted(LONGEST_WAIT.toSeconds())));
    } else {
      answer.complete(Optional.of("many changes are being stored"));
    }
  }

  /** Changes in a transaction. */
  public <T> CompletableFuture<T> write(Function<Tables, T> change) {
    return write(change, result -> {});
  }

  /**
   * Runs a transaction, and reports it in the order of the commits.
   *
   * @param committed called with the result on the writing thread, after the commit, in the order
   *     of the commits; later writes may be committed by then. Must not block
   */
  public <T> CompletableFuture<T> write(Function<Tables, T> change, Consumer<T> committed) {
    return write(change, committed, false);
  }

  /**
   * Like {@link #write(Function, Consumer)}, but synced to disk before it is reported, if possible:
   * a committed transaction must not be reported as failed.
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
            T result = changed(change);
            addUntold(() -> tell(result, committed, told));
            unsynchronised |= through;
          } catch (RuntimeException | Error e) {
            addUntold(() -> told.completeExceptionally(e));
          }
          if (waiting.decrementAndGet() == 0 || isTimeToTell()) {
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

  private void addUntold(Runnable outcome) {
    if (untold.isEmpty()) {
      firstUntold = System.nanoTime();
    }
    untold.add(outcome);
  }

  private boolean isTimeToTell() {
    return untold.size() >= MOST_UNTOLD
        || System.nanoTime() - firstUntold >= LONGEST_UNTOLD.toNanos();
  }

  /** Before what may take long: nobody waits for it to learn of an earlier write. */
  private void tellRest() {
    if (!untold.isEmpty()) {
      tellAll();
    }
  }

  /** One sync covers all writes that arrived meanwhile. */
  private void tellAll() {
    if (unsynchronised) {
      synchronise();
    }
    List<Runnable> all = List.copyOf(untold);
    untold.clear();
    all.forEach(Runnable::run);
    written = System.nanoTime();
    changed = true;
    rescue.written();
    if (compacting.isDone() && compaction.isDueWhileBusy()) {
      compact();
    }
  }

  private void whileIdle() {
    try {
      writer.execute(
          () -> {
            tellRest();
            Optional<String> unused = rescue.watch(connections);
            if (waiting.get() == 0 && System.nanoTime() - written >= IDLE.toNanos()) {
              rest();
            }
          });
    } catch (RejectedExecutionException e) {
      // It is being closed.
    }
  }

  /** On the writing thread, when nothing is written. */
  private void rest() {
    if (unmarked) {
      synchronise();
    }
    if (compaction.isDueWhileIdle()) {
      compactBeside();
    }
  }

  /**
   * On the writing thread, which does not wait for the copy. If something is written meanwhile, it
   * is of no use, and another one is made when nothing is.
   */
  private void compactBeside() {
    if (rescue.isLost() || !compacting.isDone() || copier.isShutdown()) {
      return;
    }
    try {
      Connections used = open();
      if (compaction.begin(used)) {
        compacting =
            CompletableFuture.supplyAsync(() -> compaction.copy(used), copier)
                .thenAcceptAsync(
                    copied -> writer.busyWith(COMPACTING, () -> replaceWith(copied)), writer)
                .exceptionally(this::notReopened);
      }
    } catch (RuntimeException e) {
      Object unused = notReopened(e);
    }
  }

  /** On the writing thread, which waits for the copy. */
  private void compact() {
    if (!rescue.isLost()) {
      writer.busyWith(COMPACTING, this::compactNow);
    }
  }

  private void compactNow() {
    try {
      replaceWith(compaction.prepare(open()));
    } catch (RuntimeException e) {
      Object unused = notReopened(e);
    }
  }

  private @Nullable Void notReopened(Throwable failure) {
    LOG.error("The database could not be reopened; retrying on next use", failure);
    return null;
  }

  /** On the writing thread. Everybody waits while the file is replaced by its copy. */
  private void replaceWith(boolean copied) {
    try {
      if (copied && compaction.isCurrent() && !rescue.isLost()) {
        tellRest();
        replace();
      }
    } finally {
      compaction.discard();
    }
  }

  private void replace() {
    inUse.writeLock().lock();
    try {
      // A reader may have opened a file that failed once more.
      if (compaction.isCurrent()) {
        connections.close();
        compaction.replace();
        // First: if the new file cannot be opened now, the next use opens it.
        rescue.renamed();
        connections = opener.apply(file);
        rescue.opened(connections);
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  /**
   * Writes H2's backup of the file, between two transactions: later ones wait until it is written,
   * readers do not.
   *
   * @param zip the file to make
   */
  CompletableFuture<Void> backUpTo(Path zip) {
    return CompletableFuture.runAsync(
        () -> writer.busyWith("a backup is being written", () -> writeBackup(zip)), writer);
  }

  private void writeBackup(Path zip) {
    tellRest();
    // Of two copies at once, one would leave H2 without use of the room that becomes free.
    CompletableFuture.runAsync(() -> {}, copier).join();
    inUse.readLock().lock();
    try {
      int unused = open().use(handle -> handle.execute("BACKUP TO ?", zip.toString()));
    } finally {
      inUse.readLock().unlock();
    }
  }

  /** Size of the file in bytes; 0 while it is unavailable. */
  public long bytes() {
    return compaction.size();
  }

  /** Compacts if it is time to, as is done when nothing is written. */
  CompletableFuture<Void> compacted() {
    return CompletableFuture.runAsync(this::rest, writer)
        .thenCompose(begun -> compacting.thenRun(() -> {}));
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
    unsynchronised = false;
    try {
      long commits =
          connections.use(
              handle -> {
                long reached = new LabTable(handle).commits();
                handle.execute("CHECKPOINT SYNC");
                return reached;
              });
      unmarked = false;
      // What is put in the place of a file that was lost may be without what came last.
      if (mark.isPresent() && commits > marked && !rescue.isLost()) {
        mark.get().write(commits);
        marked = commits;
      }
    } catch (RuntimeException e) {
      LOG.error("A committed change may not be on disk yet", e);
    } catch (IOException e) {
      LOG.warn("Could not record the database's progress: {}", e.toString());
    }
  }

  private <T> T changed(Function<Tables, T> change) {
    List<Tables> used = new ArrayList<>();
    try {
      return transaction(
          tables -> {
            used.add(tables);
            T result = change.apply(tables);
            // What changes nothing must not need room on the disk.
            if (tables.changed()) {
              tables.lab().countChange();
              unmarked = true;
            }
            return result;
          },
          true);
    } finally {
      // After a failure, too: a commit that failed may have taken place.
      if (used.stream().anyMatch(Tables::changedSucceededJobs)) {
        revision.incrementAndGet();
      }
    }
  }

  private <T> T transaction(Function<Tables, T> work, boolean writes) {
    inUse.readLock().lock();
    try {
      return attempt(work, writes);
    } finally {
      inUse.readLock().unlock();
    }
  }

  private <T> T attempt(Function<Tables, T> work, boolean writes) {
    Connections used = open();
    try {
      Function<Handle, T> ofTables = handle -> work.apply(new Tables(handle));
      return writes ? used.inWritingTransaction(ofTables) : used.inTransaction(ofTables);
    } catch (RuntimeException | Error e) {
      if (Connections.ofTheFile(e)) {
        recover(used);
      }
      throw e;
    }
  }

  private void recover(Connections broken) {
    try {
      Connections unused = reopen(broken);
    } catch (StorageException e) {
      LOG.error("Retrying on next use of the database", e);
    }
  }

  /** The file's connections; if H2 had given it up, new ones. */
  private Connections open() {
    Connections current = connections;
    return current.isClosed() ? reopen(current) : current;
  }

  /**
   * Reopens the file, with all committed data, unless that was already done.
   *
   * @throws StorageException if that fails, for example on a full disk; the next use retries
   */
  private Connections reopen(Connections broken) {
    int known = failures;
    synchronized (this) {
      if (connections != broken) {
        return connections;
      }
      // Those who waited while somebody else tried have their answer.
      if (failures != known) {
        throw Objects.requireNonNull(failure);
      }
      LOG.warn("The database file failed; reopening it");
      try {
        Optional<String> lost = rescue.watchBeforeClosing();
        broken.close();
        if (lost.isPresent()) {
          throw new StorageException(lost.get());
        }
        connections = opener.apply(file);
        rescue.opened(connections);
        return connections;
      } catch (RuntimeException e) {
        failure = new StorageException("The database cannot be opened: " + e.getMessage(), e);
        failures++;
        throw failure;
      }
    }
  }

  /** Waits for what was begun, then closes. */
  @Override
  public void close() {
    clock.shutdown();
    // Then the writing thread puts the copy that is made in its place.
    StorageThreads.finish(copier);
    if (!writer.isShutdown()) {
      writer.execute(this::finish);
    }
    StorageThreads.finish(writer);
    StorageThreads.finish(readers);
    connections.close();
  }

  /** The last work of the writing thread. */
  private void finish() {
    tellRest();
    Optional<String> unused = rescue.watchBeforeClosing();
    if (unmarked) {
      synchronise();
    }
    if (changed && compaction.isDueWhileIdle()) {
      compact();
    }
  }
}
