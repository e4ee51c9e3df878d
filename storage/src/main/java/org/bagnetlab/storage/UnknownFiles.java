package org.bagnetlab.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of jobs in line with the database, at a server's start. What an earlier server
 * had decided to delete is deleted; whatever else the database does not know is kept, in the
 * quarantine.
 */
public final class UnknownFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownFiles.class);

  private final DataDirectory directory;
  private final Database database;

  /** The files of this directory, of which this database knows. */
  public UnknownFiles(DataDirectory directory, Database database) {
    this.directory = directory;
    this.database = database;
  }

  private record Known(Set<Long> jobs, Set<String> artifacts, List<String> deletions) {

    static Known of(Tables tables) {
      return new Known(
          tables.jobs().numbers(), tables.artifacts().files(), tables.deletions().all());
    }
  }

  /**
   * Deletes what is to be deleted, and moves what is unknown. Only while no job is added, started
   * or ended. Blocks.
   */
  public void settle() throws IOException {
    Known known = database.read(Known::of).join();
    for (String path : known.deletions()) {
      delete(path, known);
    }
    List<Path> unknown = unknown(known);
    new Quarantine(directory.root())
        .move(
            unknown,
            unknown.size() == 1
                ? "The database knows nothing of one of the files of jobs."
                : "The database knows nothing of %d of the files of jobs."
                    .formatted(unknown.size()),
            Instant.now());
    for (Path job : JobDirectories.in(directory.artifacts())) {
      if (JobDirectories.entries(job).isEmpty()) {
        Files.delete(job);
      }
    }
  }

  private void delete(String path, Known known) {
    Path file = directory.root().resolve(path).normalize();
    try {
      if (deletable(file, known)) {
        FileTree.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("Not all of {} could be deleted; the next start tries again", file, e);
      return;
    }
    database
        .write(
            tables -> {
              tables.deletions().remove(path);
              return path;
            })
        .join();
  }

  /** Its name may have been given again since it was deleted. */
  private boolean deletable(Path file, Known known) {
    Path parent = file.getParent();
    if (directory.artifacts().equals(parent) || directory.runs().equals(parent)) {
      return !known.jobs().contains(JobDirectories.number(file));
    }
    return file.startsWith(directory.artifacts())
        && !known.artifacts().contains(directory.artifacts().relativize(file).toString());
  }

  private List<Path> unknown(Known known) throws IOException {
    List<Path> unknown = new ArrayList<>();
    for (Path run : JobDirectories.in(directory.runs())) {
      if (!known.jobs().contains(JobDirectories.number(run))) {
        unknown.add(run);
      }
    }
    for (Path job : JobDirectories.in(directory.artifacts())) {
      for (Path file : JobDirectories.entries(job)) {
        if (!known.artifacts().contains(directory.artifacts().relativize(file).toString())) {
          unknown.add(file);
        }
      }
    }
    return unknown;
  }
}
