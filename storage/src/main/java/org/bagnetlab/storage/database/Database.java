package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.revision.Revisions;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions on the H2 file database, away from the event loops, and never loses a committed
 * transaction.
 *
 * <p>Writes run one after another on a single thread, so that their events are published in order;
 * H2 would serialise them anyway. The threads of this class are never interrupted: an interrupt
 * inside H2's file access closes the database for everyone (h2database#227).
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  static final int READERS = 3;

  private static final String COMPACTING = "the database file is being compacted";

  /** How long a readiness check waits for the writing thread. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** Background work starts after this long without writes. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final OpenFile file;
  private final Optional<HighWaterMark> mark;
  private final Compaction compaction;
  private final WritingThread writer = new WritingThread();
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, StorageThreads.named("database-reader"));

  private final ExecutorService copier =
      Executors.newSingleThreadExecutor(StorageThreads.named("database-copier"));

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(StorageThreads.named("database-idle"));

  private final AtomicInteger waiting = new AtomicInteger();
  private final Revisions revisions;

  /** Whether something was written. Confined to the writing thread. */
  private boolean changed;

  /** When something was last written, in nanoseconds. Confined to the writing thread. */
  private long written = System.nanoTime();

  private final Acknowledgements acknowledgements = new Acknowledgements();

  /** The compaction that runs in parallel to writes. Confined to the writing thread. */
  private CompletableFuture<?> compacting = CompletableFuture.completedFuture(false);

  /** Whether a caller waits for a sync to disk. Confined to the writing thread. */
  private boolean unsynchronised;

  /** Whether a commit is not yet counted in the mark. Confined to the writing thread. */
  private boolean unmarked;

  /** The progress recorded in the mark. */
  private long marked;

  private Database(
      OpenFile file, Revisions revisions, Optional<HighWaterMark> mark, Compaction compaction) {
    this.file = file;
    this.revisions = revisions;
    this.mark = mark;
    this.compaction = compaction;
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

  /** Opens the database of a data directory, even if it belonged to another one. */
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
   * @param opener reopens the file after a compaction or a failure
   */
  static Database open(
      Path file, Optional<HighWaterMark> mark, Function<Path, Connections> opener) {
    return open(file, mark, new Compaction(file, Compaction.SIZE_BUSY), opener);
  }

  /** Opens a database with a custom compaction. */
  static Database open(
      Path file,
      Optional<HighWaterMark> mark,
      Compaction compaction,
      Function<Path, Connections> opener) {
    Revisions revisions = new Revisions();
    OpenFile opened =
        new OpenFile(file, ConnectionPool.filled(Schema.open(file)), opener, revisions);
    Database database = new Database(opened, revisions, mark, compaction);
    var _ =
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

  /** Reads in a transaction, which is repeated once if the file failed, for example in a write. */
  public <T> CompletableFuture<T> read(Function<Tables, T> query) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return file.transaction(query, false);
          } catch (JdbiException e) {
            if (Connections.ofTheFile(e)) {
              return file.transaction(query, false);
            }
            throw e;
          }
        },
        readers);
  }

  /** Like {@link #read}, but after all earlier writes. */
  public <T> CompletableFuture<T> readAfterWrites(Function<Tables, T> query) {
    return CompletableFuture.runAsync(this::acknowledgePending, writer)
        .thenCompose(done -> read(query));
  }

  /**
   * A number that grows with every change of stored data about jobs that succeeded, before the
   * change is reported. A result computed from that data alone, in transactions that begin after
   * this call, stays valid as long as this number stays the same.
   */
  public long revision() {
    return revisions.current();
  }

  /**
   * Asks the writing thread whether it can use the file, and whether the file is still there. Fails
   * if the thread hangs or cannot use it.
   *
   * @return what keeps the thread too busy to answer, if anything; being busy is not a failure
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
      var _ = clock.schedule(() -> overdue(answer), LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new StorageException("The database is being closed."));
    }
    return answer;
  }

  private void answer(CompletableFuture<Optional<String>> answer) {
    acknowledgePending();
    try {
      Optional<String> lost = file.watch();
      if (lost.isPresent()) {
        throw new StorageException(lost.get());
      }
      var _ = file.transaction(tables -> tables.lab().commits(), false);
      answer.complete(Optional.empty());
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private void overdue(CompletableFuture<Optional<String>> answer) {
    Optional<String> busy = writer.longWork();
    if (busy.isPresent()) {
      answer.complete(busy);
    } else if (writer.hasRunFor(LONGEST_WAIT)) {
      answer.completeExceptionally(
          new StorageException(
              "Nothing is stored: the database has not answered for %d seconds."
                  .formatted(LONGEST_WAIT.toSeconds())));
    } else {
      answer.complete(Optional.of("many changes are being stored"));
    }
  }

  /** Runs a transaction with changes. */
  public <T> CompletableFuture<T> write(Function<Tables, T> change) {
    return write(change, result -> {});
  }

  /**
   * Runs a transaction, and reports it in the order of the commits.
   *
   * @param committed called with the result on the writing thread, after the commit and in the
   *     order of the commits. Later writes may already be committed when it is called. Must not
   *     block
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
    CompletableFuture<T> acknowledged = new CompletableFuture<>();
    waiting.incrementAndGet();
    Runnable work =
        () -> {
          try {
            T result = changed(change);
            acknowledgements.add(() -> acknowledge(result, committed, acknowledged));
            unsynchronised |= through;
          } catch (RuntimeException | Error e) {
            acknowledgements.add(() -> acknowledged.completeExceptionally(e));
          }
          if (waiting.decrementAndGet() == 0 || acknowledgements.isDue()) {
            acknowledgeAll();
          }
        };
    try {
      writer.execute(work);
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  /** Called before work that may take long, so that no earlier caller waits for it. */
  private void acknowledgePending() {
    if (!acknowledgements.isEmpty()) {
      acknowledgeAll();
    }
  }

  /** One sync covers all writes that arrived in the meantime. */
  private void acknowledgeAll() {
    if (unsynchronised) {
      synchronise();
    }
    // Before the reports: a reader may close a failed file as soon as a write is reported.
    file.written();
    acknowledgements.send();
    written = System.nanoTime();
    changed = true;
    if (compacting.isDone() && compaction.isDueWhileBusy()) {
      compact();
    }
  }

  private void whileIdle() {
    try {
      writer.execute(
          () -> {
            acknowledgePending();
            var _ = file.watch();
            if (waiting.get() == 0 && System.nanoTime() - written >= IDLE.toNanos()) {
              rest();
            }
          });
    } catch (RejectedExecutionException e) {
      // The database is being closed.
    }
  }

  /** Background work of the writing thread, while nothing is being written. */
  private void rest() {
    if (unmarked) {
      synchronise();
    }
    if (compaction.isDueWhileIdle()) {
      compactInParallel();
    }
  }

  /**
   * Called on the writing thread, which starts a copy and does not wait for it. If something is
   * written meanwhile, the copy is useless, and another one is made at the next pause.
   */
  private void compactInParallel() {
    if (file.isLost() || !compacting.isDone() || copier.isShutdown()) {
      return;
    }
    try {
      Connections used = file.connections();
      if (compaction.begin(used)) {
        compacting =
            CompletableFuture.supplyAsync(() -> compaction.copy(used), copier)
                .thenAcceptAsync(
                    copied -> writer.busyWith(COMPACTING, () -> replaceWith(copied)), writer)
                .exceptionally(this::notReopened);
      }
    } catch (RejectedExecutionException e) {
      compaction.discard(); // the database is being closed
    } catch (RuntimeException e) {
      var _ = notReopened(e);
    }
  }

  /** Compacts on the writing thread, which waits for the copy. */
  private void compact() {
    if (!file.isLost()) {
      writer.busyWith(COMPACTING, this::compactNow);
    }
  }

  private void compactNow() {
    try {
      replaceWith(compaction.prepare(file.connections()));
    } catch (RuntimeException e) {
      var _ = notReopened(e);
    }
  }

  private @Nullable Void notReopened(Throwable failure) {
    LOG.error("The database could not be reopened; retrying on next use", failure);
    return null;
  }

  /** Replaces the file with its copy, on the writing thread. All other threads wait meanwhile. */
  private void replaceWith(boolean copied) {
    try {
      if (copied && compaction.isCurrent() && !file.isLost()) {
        acknowledgePending();
        file.replaceBy(compaction);
      }
    } finally {
      compaction.discard();
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
    acknowledgePending();
    // If two copies ran at once, H2 could no longer reuse freed space.
    if (!copier.isShutdown()) {
      CompletableFuture.runAsync(() -> {}, copier).join();
    }
    file.backUpTo(zip);
  }

  /** Size of the file in bytes; 0 while it is unavailable. */
  public long bytes() {
    return compaction.size();
  }

  /** Compacts if it is due, as the background work does. */
  CompletableFuture<Void> compacted() {
    return CompletableFuture.runAsync(this::rest, writer)
        .thenCompose(begun -> compacting.thenRun(() -> {}));
  }

  private static <T> void acknowledge(
      T result, Consumer<T> committed, CompletableFuture<T> acknowledged) {
    try {
      committed.accept(result);
      acknowledged.complete(result);
    } catch (RuntimeException | Error e) {
      acknowledged.completeExceptionally(e);
    }
  }

  private void synchronise() {
    unsynchronised = false;
    try {
      long commits = file.synchronise();
      unmarked = false;
      // The file that replaces a lost one may lack the last changes.
      if (mark.isPresent() && commits > marked && !file.isLost()) {
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
      return file.transaction(
          tables -> {
            used.add(tables);
            T result = change.apply(tables);
            // A transaction without changes must not need disk space.
            if (tables.changed()) {
              tables.lab().countChange();
              unmarked = true;
            }
            return result;
          },
          true);
    } finally {
      // Also after a failure: a commit that failed may have been stored.
      for (Tables tables : used) {
        if (!tables.changedSucceededJobs().isEmpty()) {
          revisions.add(tables.changedSucceededJobs());
        }
      }
    }
  }

  /** Waits for running work, then closes the database. */
  @Override
  public void close() {
    clock.shutdown();
    // Waits for the copy that is being made; the writing thread then replaces the file with it.
    StorageThreads.finish(copier);
    if (!writer.isShutdown()) {
      writer.execute(this::finish);
    }
    StorageThreads.finish(writer);
    acknowledgePending(); // writes that arrived after the last work
    StorageThreads.finish(readers);
    file.close();
  }

  /** The final work of the writing thread. */
  private void finish() {
    acknowledgePending();
    var _ = file.watchBeforeClosing();
    if (unmarked) {
      synchronise();
    }
    if (changed && compaction.isDueWhileIdle()) {
      compact();
    }
    compaction.discard();
  }
}
