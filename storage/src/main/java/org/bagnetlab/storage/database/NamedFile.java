package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of an open file. What is written to a file that has lost its name, because it was
 * removed or another one was put in its place, is gone when it is closed.
 */
final class NamedFile {

  private final Path name;

  /** What the file system calls the open file; null where it gives no names. */
  private volatile @Nullable Object opened;

  /** Takes the file that has the name now for the open one. */
  NamedFile(Path name) {
    this.name = name;
    opened();
  }

  Path name() {
    return name;
  }

  /** Notes that another file was opened under the name. */
  void opened() {
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
