package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a directory that lost its last file from one that is not mounted, which looks the same: a
 * note lies in the first.
 *
 * @param directory the parent of the jobs' artifact directories
 */
public record EmptyArtifacts(Path directory) {

  private static final String NOTE = "README.txt";
  private static final String TEXT =
      """
      The database has files in this directory, but there were none at the server's last start.
      This note tells the next start that the directory is the right one, and not an unmounted one.
      """;

  /** Whether there is no file of a job, and no note about that. */
  public boolean isUnexplained() throws IOException {
    return hasNoFiles() && !Files.exists(directory.resolve(NOTE));
  }

  /** Leaves a note if there is no file of a job, and takes it away otherwise. */
  public void explain() throws IOException {
    if (!hasNoFiles()) {
      Files.deleteIfExists(directory.resolve(NOTE));
    } else if (isUnexplained()) {
      Files.writeString(directory.resolve(NOTE), TEXT);
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
