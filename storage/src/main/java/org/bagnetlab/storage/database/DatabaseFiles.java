package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bagnetlab.storage.directory.FileTree;

/** The names of a database's files, as H2 and this package use them. */
final class DatabaseFiles {

  private static final String SUFFIX = ".mv.db";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private DatabaseFiles() {}

  /** The file that contains the database of this name. */
  static Path store(Path database) {
    return database.resolveSibling(database.getFileName() + SUFFIX);
  }

  /** The name of the copy, made while a database is open, from which the compacted one is made. */
  static Path snapshot(Path database) {
    return database.resolveSibling(database.getFileName() + "-snapshot");
  }

  /** The name of the compacted copy, which will replace a database. */
  static Path compacted(Path database) {
    return database.resolveSibling(database.getFileName() + "-compacted");
  }

  /** The name of the copy that is inspected instead of a database. */
  static Path inspected(Path database) {
    return database.resolveSibling(database.getFileName() + "-inspected");
  }

  /** The name of the file that keeps the contents of an open database that has lost its file. */
  static Path rescued(Path database, Instant at) {
    return database.resolveSibling(
        "%s-rescued-%s".formatted(database.getFileName(), TIME.format(at)));
  }

  /** Whether a file has a name that {@link #rescued} returned. */
  static boolean isRescued(Path database, Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(database.getFileName() + "-rescued-") && name.endsWith(SUFFIX);
  }

  /** An unused name under which a rejected database is kept. */
  static Path beforeRebuild(Path database, Instant at) {
    Path name =
        database.resolveSibling(
            "%s-before-rebuild-%s".formatted(database.getFileName(), TIME.format(at)));
    return Files.exists(store(name)) ? beforeRebuild(database, at.plusSeconds(1)) : name;
  }

  /** The name of a copy that was made before a migration from this schema version. */
  static Path beforeMigration(Path database, String version, int number) {
    return database.resolveSibling(
        "%s-schema-%s%s"
            .formatted(database.getFileName(), version, number == 1 ? "" : "-" + number));
  }

  /** Syncs the directory, so that a file's name is durable. */
  static void syncDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      FileTree.sync(directory);
    }
  }
}
