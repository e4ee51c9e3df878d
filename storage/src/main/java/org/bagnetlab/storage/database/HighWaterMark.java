package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the database's progress outside the database, so that a missing database or an older copy
 * is detected. The mark is never ahead of the database, because it is written after the changes are
 * on disk.
 *
 * @param file that contains the mark
 */
record HighWaterMark(Path file) {

  private static final Logger LOG = LoggerFactory.getLogger(HighWaterMark.class);

  /** The high-water mark of a data directory. */
  static HighWaterMark of(DataDirectory directory) {
    return new HighWaterMark(directory.root().resolve("high-water-mark"));
  }

  /** The last recorded number of changes; empty if unknown. */
  OptionalLong read() throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new StorageException(
          "%s should be a file with a number, but is %s. Remove it, and start again."
              .formatted(file, Files.isDirectory(file) ? "a directory" : "none"));
    }
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
      if (text.matches("\\d{1,18}")) {
        return OptionalLong.of(Long.parseLong(text));
      }
      // After a power failure the file may be empty: it is not synced, because the mark may lag
      // behind.
      LOG.warn(
          "{} contains no number: that the database is not older than its files is told by the"
              + " numbers of jobs alone, until the next change is stored",
          file);
      return OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Stores the number of changes that are on the disk. */
  void write(long commits) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, commits + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the mark: a different database will be used from now on. */
  void clear() throws IOException {
    Files.deleteIfExists(file);
  }
}
