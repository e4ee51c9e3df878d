package org.bagnetlab.vision.staging;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is filled under a temporary name and then renamed, so that under its final name it
 * exists either completely or not at all. Closing removes the folder if it was not renamed.
 */
public final class StagedFolder implements Closeable {

  private static final String STAGED = ".importing-";

  /** Prefix of folders that their owner removes if the process that fills them is killed. */
  private static final String OWNED = STAGED + "owned-";

  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path parent;
  private final Path folder;

  private StagedFolder(Path parent, Path folder) {
    this.parent = parent;
    this.folder = folder;
  }

  /**
   * Creates a temporary folder.
   *
   * @param parent the folder that will contain it; created if it does not exist
   */
  public static StagedFolder in(Path parent) throws IOException {
    Files.createDirectories(parent);
    deleteAbandoned(parent);
    return new StagedFolder(parent, createIn(parent));
  }

  /** A name for a folder that another process creates and this process removes. */
  public static String ownedName() {
    return OWNED + UUID.randomUUID();
  }

  /**
   * Creates a temporary folder with a name that another process got from {@link #ownedName}. That
   * process will {@link #discard} the folder if this process is killed.
   *
   * @param parent the folder that will contain it; created if it does not exist
   */
  public static StagedFolder in(Path parent, String ownedName) throws IOException {
    if (!ownedName.matches("\\.importing-owned-[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("no name of a staged folder: " + ownedName);
    }
    Files.createDirectories(parent);
    return new StagedFolder(parent, Files.createDirectory(parent.resolve(ownedName)));
  }

  /** Removes the folder with this name that a killed process created, if there is one. */
  public static void discard(Path parent, String ownedName) throws IOException {
    Path folder = parent.resolve(ownedName);
    if (ownedName.startsWith(OWNED) && Files.isDirectory(folder)) {
      deleteTree(folder);
    }
  }

  /** Removes all folders left by the processes of an owner that was killed. */
  public static void discardOwned(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path each : (Iterable<Path>) folders::iterator) {
        discard(parent, String.valueOf(each.getFileName()));
      }
    }
  }

  /**
   * Moves a folder away atomically, even if it is being read.
   *
   * @return a staged folder that contains the moved folder; closing deletes both
   */
  public static StagedFolder takeOut(Path parent, String name) throws IOException {
    StagedFolder staged = new StagedFolder(parent, createIn(parent));
    try {
      Files.move(parent.resolve(name), staged.path().resolve(name));
      force(parent);
      return staged;
    } catch (IOException e) {
      staged.close();
      throw e;
    }
  }

  private static Path createIn(Path parent) throws IOException {
    // Files.createTempDirectory would make the folder unreadable for other users, even after
    // renaming.
    return Files.createDirectory(parent.resolve(STAGED + UUID.randomUUID()));
  }

  /** The path of the temporary folder, into which files are written. */
  public Path path() {
    return folder;
  }

  /**
   * Renames the folder after syncing its complete contents to disk.
   *
   * @throws FileAlreadyExistsException if the name is taken
   */
  public void moveTo(String name) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        force(path);
      }
    }
    Path target = parent.resolve(name);
    try {
      Files.move(folder, target);
    } catch (FileSystemException e) {
      // The JDK checks whether the target exists before it renames. In a race with another process,
      // it only reports that a directory is not empty.
      if (Files.exists(target)) {
        FileAlreadyExistsException taken = new FileAlreadyExistsException(target.toString());
        taken.initCause(e);
        throw taken;
      }
      throw e;
    }
    force(parent);
  }

  /** Removes the folders of killed processes. */
  private static void deleteAbandoned(Path parent) throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path each : (Iterable<Path>) folders::iterator) {
        if (String.valueOf(each.getFileName()).startsWith(STAGED) && isOlder(each, before)) {
          deleteTree(each);
        }
      }
    }
  }

  private static boolean isOlder(Path folder, Instant moment) throws IOException {
    try {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(moment);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Syncs a file, or a folder's directory entries, to disk, so that they survive a power failure.
   */
  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a folder that another process may be removing at the same time. */
  private static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    deleteTree(folder);
  }
}
