package org.bagnetlab.storage.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
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
 * that a kill may find half moved; so the contents are copied to a new file, while the old one is
 * read but not written. The new one takes its place once it is on the disk and was read whole.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  /** A file of this size is not worth the work. */
  private static final long SMALL = 512 << 10;

  /** At rest the file may be so many times as large as after the last compaction. */
  private static final int RATIO_IDLE = 2;

  /** While there is always something to write it may grow to the larger of these two. */
  private static final int RATIO_BUSY = 4;

  private static final long SIZE_BUSY = 64 << 20;

  private final Path database;

  /** The file's size after the last compaction; 0: there was none since it was opened. */
  private long compacted;

  /** What the copy was made of. */
  private @Nullable MVStore source;

  /** The file when it was made. */
  private State copied = new State(0, FileTime.fromMillis(0));

  /** Of a file. It tells whether anything was written, unless that was at the same moment. */
  private record State(long size, FileTime modified) {

    static State of(Path store) throws IOException {
      return new State(Files.size(store), Files.getLastModifiedTime(store));
    }
  }

  /** Compacts the file of a database, to whose name H2's suffix is added. */
  Compaction(Path database) {
    this.database = database;
  }

  /** Whether it is time to, while nothing else is to be done. */
  boolean isDueWhileIdle() {
    return size() > Math.max(SMALL, RATIO_IDLE * compacted);
  }

  /** Whether it cannot wait until nothing else is to be done. */
  boolean isDueWhileBusy() {
    return size() > Math.max(SIZE_BUSY, RATIO_BUSY * compacted);
  }

  /** The file's size in bytes; 0 while it is unavailable. */
  long size() {
    try {
      return Files.size(DatabaseFiles.store(database));
    } catch (IOException e) {
      return 0; // it is unavailable; the next use reports it
    }
  }

  /**
   * Makes a compacted copy of the file. It is open, and may be read, but nothing is written to it.
   * If that fails, nothing has changed.
   *
   * @return whether there is a copy
   */
  boolean prepare(Connections open) {
    try {
      if (!hasRoom()) {
        return false;
      }
      // Whatever comes of it, it is not tried again before the file has grown.
      compacted = size();
      discard();
      Path unused =
          open.inTransaction(
              handle -> {
                try {
                  return copy(handle);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("The database file could not be compacted", e);
      discard();
      return false;
    }
  }

  /** Whether two more files of its size would fit beside it, or beside the link to it. */
  private boolean hasRoom() throws IOException {
    return Files.getFileStore(database.resolveSibling(".")).getUsableSpace() > 2 * size();
  }

  private Path copy(Handle open) throws IOException {
    Path snapshot = DatabaseFiles.snapshot(database);
    Path copy = DatabaseFiles.compacted(database);
    // One that a kill left.
    Files.deleteIfExists(DatabaseFiles.store(snapshot));
    try {
      open.execute("CHECKPOINT");
      MVStore live = Snapshot.source(open.getConnection());
      source = live;
      copied = State.of(DatabaseFiles.store(database));
      Snapshot.write(live, DatabaseFiles.store(snapshot));
      MVStore.compact(
          DatabaseFiles.store(snapshot).toString(),
          DatabaseFiles.store(copy).toString(),
          false,
          null);
      DatabaseInspection.requireEqual(open, copy);
      keepOwner(DatabaseFiles.store(database), DatabaseFiles.store(copy));
      FileTree.sync(DatabaseFiles.store(copy));
      return copy;
    } finally {
      DatabaseFiles.store(snapshot).toFile().delete();
    }
  }

  /** Whether nothing was written to the file, which is still open, since its copy was made. */
  boolean isCurrent() {
    try {
      return State.of(DatabaseFiles.store(database)).equals(copied);
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
