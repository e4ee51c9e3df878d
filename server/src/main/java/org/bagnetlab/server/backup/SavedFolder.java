package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder and its files at one point in time. Later, the folder may be removed, or replaced by
 * another with the same name.
 *
 * @param path path of the folder
 * @param key distinguishes the folder from another with the same name, if the file system has such
 *     keys
 * @param sizes sizes of its files
 */
record SavedFolder(Path path, @Nullable Object key, Map<Path, Long> sizes) {

  /** Finds the files of a folder. Empty if the folder was removed in the meantime. */
  static Optional<SavedFolder> of(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Object key = fileKey(folder);
      Map<Path, Long> sizes = new LinkedHashMap<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sizes.put(file, Files.size(file));
      }
      SavedFolder found = new SavedFolder(folder, key, sizes);
      return found.isThere() ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return Optional.empty();
      }
      throw new IOException("%s cannot be read".formatted(folder), e);
    }
  }

  /** Whether this folder still exists and has not been replaced. */
  boolean isThere() throws IOException {
    try {
      return Objects.equals(key, fileKey(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  long bytes() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static @Nullable Object fileKey(Path folder) throws IOException {
    return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
  }
}
