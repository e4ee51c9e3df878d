package org.bagnetlab.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories that are named by a job's number. What is named otherwise is not ours. */
final class JobDirectories {

  private JobDirectories() {}

  /** Those in a directory, which may be missing. */
  static List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return entries(directory).stream()
        .filter(entry -> String.valueOf(entry.getFileName()).matches("\\d{1,18}"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** The job whose directory it is. */
  static long number(Path directory) {
    return Long.parseLong(String.valueOf(directory.getFileName()));
  }

  /** What is in a directory, whatever it is. */
  static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
