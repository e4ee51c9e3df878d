package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Distinguishes an artifact directory that became empty from one that is not mounted: only the
 * former contains a note.
 *
 * @param directory the parent of the jobs' artifact directories
 */
public record EmptyArtifacts(Path directory) {

  private static final String NOTE = "README.txt";
  private static final String TEXT =
      """
      Files in this directory that the database knows: %d
      There were none at the server's last start. This note tells the next start that the directory
      is the right one, and not an unmounted one.
      """;
  private static final Pattern NUMBER = Pattern.compile("knows: (\\d{1,18})");

  /**
   * Whether no job has files and no note explains that. A note written before something was mounted
   * over its directory does not cover the files stored there later.
   *
   * @param known number of files that the database knows
   */
  public boolean isUnexplained(long known) throws IOException {
    return hasNoFiles() && noted() < known;
  }

  /** Writes the note if no job has files, and removes it otherwise. */
  public void explain(long known) throws IOException {
    if (!hasNoFiles()) {
      Files.deleteIfExists(directory.resolve(NOTE));
    } else if (isUnexplained(known)) {
      Files.writeString(directory.resolve(NOTE), TEXT.formatted(known));
    }
  }

  private long noted() throws IOException {
    try {
      Matcher number = NUMBER.matcher(Files.readString(directory.resolve(NOTE)));
      return number.find() ? Long.parseLong(number.group(1)) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Whether no job's directory has a file. */
  public boolean hasNoFiles() throws IOException {
    for (Path job : JobDirectories.in(directory)) {
      if (!JobDirectories.entries(job).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
