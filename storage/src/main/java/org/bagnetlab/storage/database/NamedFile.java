package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name of an open file, which may be removed, or given to another one. */
final class NamedFile {

  private final Path name;

  /** What the file system calls the open file; null where it gives no names. */
  private volatile @Nullable Object opened;

  /** Takes the file that has the name now for the open one. */
  NamedFile(Path name) {
    this.name = name;
    given();
  }

  Path name() {
    return name;
  }

  /** Notes that the name was given to another file, which is to be opened. */
  void given() {
    try {
      opened = key();
    } catch (IOException e) {
      opened = null; // the next use reports that it cannot be read
    }
  }

  /** Whether another file, or none, has the name. If that cannot be told, the open one has it. */
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
