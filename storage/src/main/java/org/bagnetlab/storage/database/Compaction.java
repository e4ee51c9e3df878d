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
 * Keeps H2's file small. Each synchronous commit appends a chunk of some ten KiB to it, and H2 runs
 * the thread that would compact chunks only if commits are delayed: without this the file grows,
 * until it is closed, to hundreds of times its contents. H2's own compaction in place moves chunks
 * that a kill may find half moved; so the contents are copied to a new file, which takes the place
 * of the old one once it is on the disk and was read whole, if nothing was written meanwhile.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** A file of this size is not worth the work. */
  private static final long SMALL = 512 << 10;

  /** At rest the file may be so many times as large as after the last compaction. */
  private static final int RATIO_IDLE = 2;

  /** While there is always something to write it may grow to the larger of these two. */
  private static final int RATIO_BUSY = 4;

  static final long SIZE_BUSY = 1 << 30;

  private final Path database;
  private final long sizeBusy;

  /** The file's size after the last compaction; 0: there was none since it was opened. */
  private volatile long compacted;

  /** What the copy is made of; null: there is none. */
  private volatile @Nullable MVStore source;

  /** What was stored when it was begun. */
  private State copied = new State(0, 0, FileTime.fromMillis(0));

  /**
   * Tells whether anything was written.
   *
   * @param version that H2 stored last
   * @param size of the file, which something else may write to
   * @param modified when the file was
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
   * @param database H2's suffix is added to its name
   * @param sizeBusy the size in bytes that it may reach while there is always something to write
   */
  Compaction(Path database, long sizeBusy) {
    this.database = database;
    this.sizeBusy = sizeBusy;
  }

  /** Whether it is time to, while nothing else is to be done. */
  boolean isDueWhileIdle() {
    return size() > Math.max(SMALL, RATIO_IDLE * compacted);
  }

  /** Whether it cannot wait until nothing else is to be done. */
  boolean isDueWhileBusy() {
    return size() > Math.max(sizeBusy, RATIO_BUSY * compacted);
  }

  /** The file's size in bytes; 0 while it is unavailable. */
  long size() {
    try {
      return Files.size(DatabaseFiles.store(database));
    } catch (IOException e) {
      return 0; // it is unavailable; the next use reports it
    }
  }

  /** Makes a compacted copy of the file, to which nothing is written meanwhile. */
  boolean prepare(Connections open) {
    return begin(open) && copy(open);
  }

  /**
   * Begins a copy of the file, as it is now. Nothing is written to it meanwhile.
   *
   * @return whether there is room for it
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
   * Makes the copy that was begun. What is written to the file meanwhile outdates it. Whatever
   * fails, nothing has changed.
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
    // It is not tried again before the file has grown.
    compacted = size();
    discard();
  }

  /** Whether two more files of its size would fit beside it, or beside the link to it. */
  private boolean hasRoom() throws IOException {
    return Files.getFileStore(database.resolveSibling(".")).getUsableSpace() > 2 * size();
  }

  /** It has no connection for long: if the file fails meanwhile, H2 opens it anew without it. */
  private boolean isCopied(Connections open) throws IOException {
    Path snapshot = DatabaseFiles.snapshot(database);
    Path copy = DatabaseFiles.compacted(database);
    // One that a kill left.
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

  /** Whether nothing was written to the file, which is still open, since its copy was begun. */
  boolean isCurrent() {
    MVStore live = source;
    try {
      return live != null
          && !live.isClosed()
          && State.of(live, DatabaseFiles.store(database)).equals(copied);
    } catch (IOException e) {
      return false; // it is unavailable; the next use reports it
    }
  }

  /** Puts the copy in the place of the file, which was closed. If that fails, it is unchanged. */
  void replace() {
    if (source == null || !source.isClosed()) {
      // What is written to an open file that has lost its name is gone when that is closed.
      LOG.warn("The database file is still open, and is not replaced by its compacted copy");
      return;
    }
    long before = size();
    try {
      // A link stays one.
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

  /** A command run on another user's lab must not change the owner of its database. */
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
