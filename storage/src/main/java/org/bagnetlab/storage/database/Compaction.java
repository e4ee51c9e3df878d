package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.bagnetlab.storage.directory.FileTree;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps H2's file small. Each synchronous commit appends a chunk of some ten KiB to it, and H2 runs
 * the thread that would compact chunks only if commits are delayed: without this the file grows,
 * until it is closed, to hundreds of times its contents. H2's own compaction in place moves chunks
 * that a kill may find half moved; so the contents are copied to a new file, which takes the old
 * one's place once it is on the disk and was read whole.
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

  /** Compacts the file, which must not be open. If that fails, it stays unchanged. */
  void run() {
    long before = size();
    // Whatever comes of it, it is not tried again before the file has grown.
    compacted = before;
    Path copy = DatabaseFiles.store(DatabaseFiles.compacted(database));
    try {
      // One that a kill left.
      Files.deleteIfExists(copy);
      replaceBy(copy);
      compacted = size();
      LOG.debug("Compacted the database's file from {} to {} bytes", before, compacted);
      DatabaseFiles.syncDirectory(copy);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The database file could not be compacted", e);
      copy.toFile().delete();
    }
  }

  private void replaceBy(Path copy) throws IOException {
    // A link stays one.
    Path store = DatabaseFiles.store(database).toRealPath();
    MVStore.compact(store.toString(), copy.toString(), false, null);
    DatabaseInspection.requireEqual(database, DatabaseFiles.compacted(database));
    keepOwner(store, copy);
    FileTree.sync(copy);
    Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE);
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
