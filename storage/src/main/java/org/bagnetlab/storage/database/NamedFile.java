package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether the name of an open file still refers to it: the file may be removed or replaced.
 */
final class NamedFile {

  private final Path name;

  /** The file system's identifier of the open file; null if there is none. */
  private volatile @Nullable Object opened;

  /** Assumes that the file that has this name now is the open one. */
  NamedFile(Path name) {
    this.name = name;
    given();
  }

  Path name() {
    return name;
  }

  /** Records that the name now refers to another file, which will be opened. */
  void given() {
    try {
      opened = key();
    } catch (IOException e) {
      opened = null; // the next use reports that the file cannot be read
    }
  }

  /** Whether the name now refers to another file or to none; false if unknown. */
  boolean isLost() {
    Object known = opened;
    if (known == null) {
      return false;
    }
    try {
      return !Objects.equals(known, key());
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(name, BasicFileAttributes.class).fileKey();
  }
}
