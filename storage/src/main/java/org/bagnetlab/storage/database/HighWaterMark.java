package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;

/**
 * Records the database's progress outside the database, so that a missing database or an older copy
 * is noticed. It is never ahead: it is written after the database is on disk.
 *
 * @param file that contains the number
 */
record HighWaterMark(Path file) {

  /** The mark of a data directory. */
  static HighWaterMark of(DataDirectory directory) {
    return new HighWaterMark(directory.root().resolve("high-water-mark"));
  }

  /** The last recorded number of changes; empty: unknown. */
  OptionalLong read() throws IOException {
    if (Files.isDirectory(file)) {
      throw new StorageException(
          "%s is a directory, but should be a file with a number. Remove it, and start again."
              .formatted(file));
    }
    try {
      String text = Files.readString(file).strip();
      // After a power cut it may be empty: its own bytes are not synced, for it may be behind.
      return text.matches("\\d{1,18}")
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NoSuchFileException | CharacterCodingException e) {
      return OptionalLong.empty();
    }
  }

  /** Stores how far the database has come on the disk. */
  void write(long commits) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, commits + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets it: another database is to be used from now on. */
  void clear() throws IOException {
    Files.deleteIfExists(file);
  }
}
