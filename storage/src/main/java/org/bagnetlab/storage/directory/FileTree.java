package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removes directories, and syncs changes of directories to disk. */
public final class FileTree {

  private FileTree() {}

  /** Removes a directory with its contents, without following links. It may be missing. */
  public static void delete(Path directory) throws IOException {
    clear(directory, Set.of());
    Files.deleteIfExists(directory);
  }

  /** Removes the contents of a directory, except the entries of these names. It may be missing. */
  public static void clear(Path directory, Set<String> kept) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!(directory.equals(file.getParent()) && kept.contains(name(file)))) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A worker that is still exiting may remove its files itself.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            if (!visited.equals(directory)) {
              Files.deleteIfExists(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Syncs a file or a directory to disk: a rename is only durable after this. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
