package org.bagnetlab.storage.database;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.revision.Revisions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a database while it is open: runs transactions, reopens the file after a failure, and
 * replaces it by its compacted copy while no transaction uses it. Any thread may use it.
 */
final class OpenFile {

  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

  private final Path file;
  private final Function<Path, Connections> opener;
  private final Revisions revisions;
  private final Rescue rescue;

  /** Write-locked while the file is closed. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private volatile Connections connections;

  /** How often the file could not be opened. Changed only while {@code this} is locked. */
  private volatile int failures;

  /** Why the file could not be opened the last time; guarded by {@code this}. */
  private @Nullable StorageException failure;

  /**
   * Takes over the connections of a file that was opened.
   *
   * @param opener reopens the file after a compaction or a failure
   * @param revisions what was changed so far
   */
  OpenFile(
      Path file,
      HikariDataSource connections,
      Function<Path, Connections> opener,
      Revisions revisions) {
    this.file = file;
    this.opener = opener;
    this.revisions = revisions;
    this.connections = new Connections(connections);
    this.rescue = new Rescue(file, System::nanoTime);
    rescue.opened(this.connections);
  }

  <T> T transaction(Function<Tables, T> work, boolean writes) {
    inUse.readLock().lock();
    try {
      return attempt(work, writes);
    } finally {
      inUse.readLock().unlock();
    }
  }

  private <T> T attempt(Function<Tables, T> work, boolean writes) {
    Connections used = connections();
    try {
      Function<Handle, T> ofTables = handle -> work.apply(new Tables(handle, revisions));
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
      var _ = reopen(broken);
    } catch (StorageException e) {
      LOG.error("Retrying on next use of the database", e);
    }
  }

  /** The connections of the file; new ones if H2 had closed it. */
  Connections connections() {
    Connections current = connections;
    return current.isClosed() ? reopen(current) : current;
  }

  /**
   * Reopens the file, with all committed data, unless another thread has already done so.
   *
   * @throws StorageException if that fails, for example on a full disk; the next use retries
   */
  private Connections reopen(Connections broken) {
    int known = failures;
    synchronized (this) {
      if (connections != broken) {
        return connections;
      }
      // Another thread has tried in the meantime, so its failure is reported.
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

  /**
   * Syncs what was committed.
   *
   * @return the number of commits that are on disk
   */
  long synchronise() {
    return connections.use(
        handle -> {
          long reached = new LabTable(handle).commits();
          handle.execute("CHECKPOINT SYNC");
          return reached;
        });
  }

  /** Writes H2's backup of the file. */
  void backUpTo(Path zip) {
    inUse.readLock().lock();
    try {
      var _ = connections().use(handle -> handle.execute("BACKUP TO ?", zip.toString()));
    } finally {
      inUse.readLock().unlock();
    }
  }

  /** Replaces the file by its compacted copy, unless the copy is out of date. */
  void replaceBy(Compaction compaction) {
    inUse.writeLock().lock();
    try {
      // A reader may have reopened the file after another failure.
      if (compaction.isCurrent()) {
        connections.close();
        compaction.replace();
        // Before opening: if the new file cannot be opened now, the next use opens it.
        rescue.renamed();
        connections = opener.apply(file);
        rescue.opened(connections);
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  /** Records that something was written. */
  void written() {
    rescue.written();
  }

  /** Whether the open file was removed or replaced under its name. */
  boolean isLost() {
    return rescue.isLost();
  }

  /** Saves the contents if the file {@link #isLost}. Returns a message about that, or empty. */
  Optional<String> watch() {
    return rescue.watch(connections);
  }

  /** Like {@link #watch}, but for the last time. */
  Optional<String> watchBeforeClosing() {
    return rescue.watchBeforeClosing();
  }

  void close() {
    connections.close();
  }
}
