package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories that are named by a job's number. What is named otherwise is not ours. */
public final class JobDirectories {

  private JobDirectories() {}

  /** Those in a directory, which may be missing. */
  public static List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return entries(directory).stream()
        .filter(entry -> String.valueOf(entry.getFileName()).matches("\\d{1,18}"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** The job whose directory it is. */
  public static long number(Path directory) {
    return Long.parseLong(String.valueOf(directory.getFileName()));
  }

  /** What is in a directory, whatever it is. */
  public static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
