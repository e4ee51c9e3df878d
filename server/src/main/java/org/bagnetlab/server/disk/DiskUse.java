package org.bagnetlab.server.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.storage.directory.DataDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of a data directory's files.
 *
 * @param parts bytes by part of the directory, such as {@code artifacts}
 * @param jobs bytes of each job's files, including its log and the files of its worker, by job id
 */
record DiskUse(Map<String, Long> parts, Map<Long, Long> jobs) {

  /** Scans every file. Files that disappear or cannot be read are not counted. Blocks. */
  static DiskUse measure(DataDirectory directory) throws IOException {
    Map<String, Long> parts = new TreeMap<>();
    Map<Long, Long> jobs = new HashMap<>();
    for (Path part : entries(directory.root())) {
      String name = String.valueOf(part.getFileName());
      if (part.equals(directory.artifacts()) || part.equals(directory.runs())) {
        long bytes = 0;
        for (Path job : entries(part)) {
          long size = size(job);
          bytes += size;
          String number = String.valueOf(job.getFileName());
          if (number.matches("\\d{1,18}")) {
            jobs.merge(Long.parseLong(number), size, Long::sum);
          }
        }
        parts.put(name, bytes);
      } else if (Files.isDirectory(part)) {
        parts.put(name, size(part));
      }
    }
    return new DiskUse(parts, jobs);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static long size(Path directory) throws IOException {
    Sum sum = new Sum();
    try {
      // A part may be a symbolic link to another disk. Links below a part are not followed.
      Files.walkFileTree(directory.toRealPath(), sum);
    } catch (NoSuchFileException e) {
      return sum.bytes; // The file was deleted in the meantime.
    }
    return sum.bytes;
  }

  private static final class Sum extends SimpleFileVisitor<Path> {

    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** The total number of bytes. */
  long total() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
