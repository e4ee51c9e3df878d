package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds directories named after a job's ID. Directories with other names are ignored. */
public final class JobDirectories {

  private JobDirectories() {}

  /** The jobs' directories in a directory, which may be missing. */
  public static List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return entries(directory).stream()
        .filter(entry -> String.valueOf(entry.getFileName()).matches("\\d{1,18}"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** The ID of the job that a directory belongs to. */
  public static long number(Path directory) {
    return Long.parseLong(String.valueOf(directory.getFileName()));
  }

  /** All entries of a directory, of any type. */
  public static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
