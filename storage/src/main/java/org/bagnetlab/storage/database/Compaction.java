package org.bagnetlab.storage.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import org.bagnetlab.storage.directory.FileTree;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps H2's file small. Each synchronous commit appends a chunk of about ten KiB to it, and H2
 * runs the thread that would compact chunks only if commits are delayed. Without this class, the
 * file would grow to hundreds of times its contents until it is closed. H2's own compaction moves
 * chunks in place, and a process killed during that may leave chunks half moved. Therefore the
 * contents are copied to a new file. It replaces the old one once it is synced and was read
 * completely, provided that nothing was written meanwhile.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** Files smaller than this are not compacted. */
  private static final long SMALL = 512 << 10;

  /** When idle, the file may grow to this multiple of its size after the last compaction. */
  private static final int RATIO_IDLE = 2;

  /** When always busy, it may grow to the larger of this multiple and a fixed size. */
  private static final int RATIO_BUSY = 4;

  static final long SIZE_BUSY = 1 << 30;

  private final Path database;
  private final long sizeBusy;

  /** The file's size after the last compaction; 0 if not compacted since it was opened. */
  private volatile long compacted;

  /** The store that the copy is made from; null if there is no copy. */
  private volatile @Nullable MVStore source;

  /** The state of the file when the copy was started. */
  private State copied = new State(0, 0, FileTime.fromMillis(0));

  /**
   * A state of the file, for detecting writes.
   *
   * @param version the last that H2 stored
   * @param size of the file, to which another program may write
   * @param modified when the file was modified
   */
  private record State(long version, long size, FileTime modified) {

    static State of(MVStore open, Path store) throws IOException {
      return new State(
          open.getFileStore().lastChunkVersion(),
          Files.size(store),
          Files.getLastModifiedTime(store));
    }
  }

  /**
   * Compacts the file of a database.
   *
   * @param database path without the suffix that H2 adds
   * @param sizeBusy the size in bytes that it may reach while writes never pause
   */
  Compaction(Path database, long sizeBusy) {
    this.database = database;
    this.sizeBusy = sizeBusy;
  }

  /** Whether to compact while nothing is being written. */
  boolean isDueWhileIdle() {
    return size() > Math.max(SMALL, RATIO_IDLE * compacted);
  }

  /** Whether to compact even while writes are waiting. */
  boolean isDueWhileBusy() {
    return size() > Math.max(sizeBusy, RATIO_BUSY * compacted);
  }

  /** The file's size in bytes; 0 while it is unavailable. */
  long size() {
    try {
      return Files.size(DatabaseFiles.store(database));
    } catch (IOException e) {
      return 0; // the file is unavailable; the next use reports it
    }
  }

  /** Makes a compacted copy of the file. Nothing may be written to the file meanwhile. */
  boolean prepare(Connections open) {
    return begin(open) && copy(open);
  }

  /**
   * Starts a copy of the file's current contents. Nothing may be written to the file during this
   * call.
   *
   * @return whether the disk has room for the copy
   */
  boolean begin(Connections open) {
    try {
      if (!hasRoom()) {
        return false;
      }
      discard();
      MVStore live = open.use(handle -> checkpoint(handle));
      copied = State.of(live, DatabaseFiles.store(database));
      source = live;
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private static MVStore checkpoint(Handle handle) {
    handle.execute("CHECKPOINT");
    return Connections.store(handle);
  }

  /**
   * Makes the copy that was started. Writes to the file meanwhile make the copy outdated. A failure
   * changes nothing.
   *
   * @return whether there is a copy
   */
  boolean copy(Connections open) {
    try {
      return isCopied(open);
    } catch (IOException | RuntimeException | Error e) {
      if (isCurrent()) {
        failed(e);
      }
      return false;
    }
  }

  private void failed(Throwable e) {
    LOG.warn("The database file could not be compacted", e);
    // Do not retry before the file has grown.
    compacted = size();
    discard();
  }

  /**
   * Whether the disk has room for two more files of this size next to the file, or next to the link
   * if the file is a link.
   */
  private boolean hasRoom() throws IOException {
    return Files.getFileStore(database.resolveSibling(".")).getUsableSpace() > 2 * size();
  }

  /**
   * Copies and verifies the contents. Holds a connection only briefly: if the file fails meanwhile,
   * H2 reopens it without that connection.
   */
  private boolean isCopied(Connections open) throws IOException {
    Path snapshot = DatabaseFiles.snapshot(database);
    Path copy = DatabaseFiles.compacted(database);
    // A process that was killed may have left these files.
    Files.deleteIfExists(DatabaseFiles.store(snapshot));
    try {
      Snapshot.write(Objects.requireNonNull(source), DatabaseFiles.store(snapshot));
      if (!isCurrent()) {
        return false;
      }
      MVStore.compact(
          DatabaseFiles.store(snapshot).toString(),
          DatabaseFiles.store(copy).toString(),
          false,
          null);
      requireEqual(open, copy);
      keepOwner(DatabaseFiles.store(database), DatabaseFiles.store(copy));
      FileTree.sync(DatabaseFiles.store(copy));
      return true;
    } finally {
      DatabaseFiles.store(snapshot).toFile().delete();
    }
  }

  private static void requireEqual(Connections open, Path copy) throws IOException {
    try {
      var _ =
          open.inTransaction(
              handle -> {
                try {
                  DatabaseInspection.requireEqual(handle, copy);
                  return copy;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether the file is still open and nothing was written to it since its copy was started. */
  boolean isCurrent() {
    MVStore live = source;
    try {
      return live != null
          && !live.isClosed()
          && State.of(live, DatabaseFiles.store(database)).equals(copied);
    } catch (IOException e) {
      return false; // the file is unavailable; the next use reports it
    }
  }

  /**
   * Replaces the file, which must be closed, with the copy. If that fails, the file is unchanged.
   */
  void replace() {
    if (source == null || !source.isClosed()) {
      // Writes to an open file that was removed or replaced are lost when it is closed.
      LOG.warn("The database file is still open, and is not replaced by its compacted copy");
      return;
    }
    long before = size();
    try {
      // Replace the target of a link, not the link.
      Path store = DatabaseFiles.store(database).toRealPath();
      Files.move(
          DatabaseFiles.store(DatabaseFiles.compacted(database)),
          store,
          StandardCopyOption.ATOMIC_MOVE);
      compacted = size();
      LOG.debug("Compacted the database's file from {} to {} bytes", before, compacted);
      DatabaseFiles.syncDirectory(store);
    } catch (IOException e) {
      LOG.warn("The database file could not be compacted, or may be the old one after a crash", e);
    }
  }

  /** Removes a copy that did not replace the file. */
  void discard() {
    source = null;
    DatabaseFiles.store(DatabaseFiles.compacted(database)).toFile().delete();
  }

  /** Keeps the file's owner: a command that runs on another user's lab must not change it. */
  private static void keepOwner(Path store, Path copy) throws IOException {
    PosixFileAttributes old;
    try {
      old = Files.readAttributes(store, PosixFileAttributes.class);
    } catch (UnsupportedOperationException e) {
      return; // the file system has no owners
    }
    PosixFileAttributeView view = Files.getFileAttributeView(copy, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(old.owner())) {
      view.setOwner(old.owner());
    }
    if (!now.group().equals(old.group())) {
      view.setGroup(old.group());
    }
    view.setPermissions(old.permissions());
  }
}
