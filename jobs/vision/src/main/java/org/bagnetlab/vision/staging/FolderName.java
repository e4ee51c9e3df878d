package org.bagnetlab.vision.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rule for names of data sets and weights, which are stored in folders with the same name. */
public final class FolderName {

  private static final Pattern POSSIBLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** The advice in messages about an invalid name. */
  public static final String ADVICE = "use up to 64 lower-case letters, digits, '.', '_' and '-'";

  private FolderName() {}

  /**
   * Whether a name is valid: it means the same on every file system, is not a path, and is not the
   * name of a hidden file.
   */
  public static boolean possible(String name) {
    return POSSIBLE.matcher(name).matches();
  }

  /**
   * The names of a folder's subfolders that have a valid name, sorted; empty if the folder does not
   * exist.
   */
  public static List<String> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .map(each -> String.valueOf(each.getFileName()))
          .filter(FolderName::possible)
          .sorted()
          .toList();
    }
  }
}
