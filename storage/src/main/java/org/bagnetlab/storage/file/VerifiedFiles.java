package org.bagnetlab.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers files that were verified, so that a file that is read often is not verified each time.
 * A file that was written since then has a different size, modification time or file key. Callable
 * from any thread.
 */
final class VerifiedFiles {

  private static final int REMEMBERED = 10_000;

  /** The properties of a file that change when it is written. */
  private record Stamp(long size, FileTime modified, String key) {

    static Optional<Stamp> of(Path file) throws IOException {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(
            new Stamp(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey())));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  private final Map<Path, Stamp> verified =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Stamp> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Checks a file and describes its damage; empty if it is intact. */
  interface Check {
    Optional<String> of(Path file) throws IOException;
  }

  /** Runs the check, unless the file is unchanged since it was last found intact. */
  Optional<String> check(Path file, Check check) throws IOException {
    Optional<Stamp> before = Stamp.of(file);
    synchronized (verified) {
      if (before.isPresent() && before.get().equals(verified.get(file))) {
        return Optional.empty();
      }
    }
    Optional<String> problem = check.of(file);
    if (problem.isEmpty() && before.isPresent()) {
      synchronized (verified) {
        verified.put(file, before.get());
      }
    }
    return problem;
  }
}
