package org.bagnetlab.server.cli.terminal;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks where a command is to write, before it does any work. */
public final class NewFile {

  private NewFile() {}

  /**
   * Refuses to replace a file or directory.
   *
   * @throws Failure if it exists
   */
  public static void requireNew(Path target) {
    if (Files.exists(target)) {
      throw new Failure("%s exists already.".formatted(target));
    }
  }

  /**
   * Refuses to replace a file, and a file whose directory does not exist.
   *
   * @throws Failure if it exists, or its directory does not
   */
  public static void requireWritable(Path file) {
    requireNew(file);
    Path directory = file.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(directory)) {
      throw new Failure("There is no directory %s.".formatted(directory));
    }
  }
}
