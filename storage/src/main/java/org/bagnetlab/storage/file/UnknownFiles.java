package org.bagnetlab.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.EmptyArtifacts;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.directory.JobDirectories;
import org.bagnetlab.storage.directory.Quarantine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the files of jobs with the database when a server starts. Files that an earlier server
 * had decided to delete are deleted; other unknown files are moved to the quarantine; and
 * quarantined files that the database knows again are restored.
 */
public final class UnknownFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UnknownFiles.class);

  private final DataDirectory directory;
  private final Database database;

  /** Reconciles this directory with this database. */
  public UnknownFiles(DataDirectory directory, Database database) {
    this.directory = directory;
    this.database = database;
  }

  private record Known(Set<Long> jobs, Map<String, ArtifactRow> artifacts, List<String> deletions) {

    static Known of(Tables tables) {
      return new Known(
          tables.jobs().numbers(),
          tables.artifacts().all().stream()
              .collect(Collectors.toMap(ArtifactRow::file, artifact -> artifact)),
          tables.deletions().all());
    }
  }

  /**
   * Completes pending deletions, quarantines unknown files, and restores quarantined files that are
   * known again. Failures are logged, and the next start tries again: they should not prevent the
   * server from starting. Call only while no job is added, started or ended. Blocks.
   */
  public void settle() {
    Known known = database.read(Known::of).join();
    try {
      deleteAll(known);
      giveBack(known);
      quarantine(unknown(known));
      if (!known.artifacts().isEmpty()) {
        new EmptyArtifacts(directory.artifacts()).explain(known.artifacts().size());
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Not all job files could be reconciled with the database", e);
    }
  }

  private void deleteAll(Known known) {
    List<String> deleted = known.deletions().stream().filter(path -> delete(path, known)).toList();
    if (!deleted.isEmpty()) {
      database
          .write(
              tables -> {
                deleted.forEach(tables.deletions()::remove);
                return deleted;
              })
          .join();
    }
  }

  /** Restores the files that the database knows: the right database may be back. */
  private void giveBack(Known known) throws IOException {
    Quarantine quarantine = new Quarantine(directory.root());
    if (quarantine.entries().isEmpty()) {
      return;
    }
    int back = 0;
    for (ArtifactRow artifact : known.artifacts().values()) {
      Path file = directory.artifacts().resolve(artifact.file());
      if (!Files.exists(file)
          && quarantine.giveBack(
              directory.root().relativize(file), (entry, kept) -> isFileOf(artifact, kept))) {
        back++;
      }
    }
    // A job of another lab may have the same ID, but it has other files.
    Set<Long> recognised =
        known.artifacts().values().stream()
            .filter(artifact -> Files.exists(directory.artifacts().resolve(artifact.file())))
            .map(ArtifactRow::job)
            .collect(Collectors.toSet());
    Set<Quarantine.Entry> ours = ours(quarantine);
    for (long job : known.jobs()) {
      if (!Files.exists(directory.run(job))
          && quarantine.giveBack(
              directory.root().relativize(directory.run(job)),
              (entry, kept) -> ours.contains(entry) || recognised.contains(job))) {
        back++;
      }
    }
    if (back > 0) {
      LOG.warn(
          "The database knows {} files of jobs again: they are back from the quarantine", back);
      quarantine.removeEmptied();
    }
  }

  /**
   * The quarantine entries of our own jobs. An entry may have been mistaken for another lab's
   * because our identity file was lost; all artifacts of such an entry have already been restored,
   * and only logs are left.
   */
  private static Set<Quarantine.Entry> ours(Quarantine quarantine) throws IOException {
    Set<Quarantine.Entry> ours = new HashSet<>();
    for (Quarantine.Entry entry : quarantine.entries()) {
      Path artifacts = entry.directory().resolve(DataDirectory.ARTIFACTS);
      if (!entry.isOfAnotherLab()
          || (!JobDirectories.in(artifacts).isEmpty()
              && new EmptyArtifacts(artifacts).hasNoFiles())) {
        ours.add(entry);
      }
    }
    return ours;
  }

  private static boolean isFileOf(ArtifactRow artifact, Path file) {
    try {
      return Files.size(file) == artifact.size()
          && ClaimedFile.digest(file).equals(artifact.sha256());
    } catch (IOException e) {
      LOG.warn("Cannot read {}", file, e);
      return false;
    }
  }

  private void quarantine(List<Path> unknown) throws IOException {
    var _ =
        new Quarantine(directory.root())
            .move(
                unknown,
                unknown.size() == 1
                    ? "One job file is unknown to the database."
                    : "%d job files are unknown to the database.".formatted(unknown.size()),
                Instant.now());
    for (Path job : JobDirectories.in(directory.artifacts())) {
      if (JobDirectories.entries(job).isEmpty()) {
        Files.delete(job);
      }
    }
  }

  private boolean delete(String path, Known known) {
    Path file = directory.root().resolve(path).normalize();
    try {
      if (deletable(file, known)) {
        FileTree.delete(file);
      }
      return true;
    } catch (IOException e) {
      LOG.warn("Not all of {} could be deleted; retrying at the next start", file, e);
      return false;
    }
  }

  /**
   * Whether a file can be deleted. Its name may have been reused since the deletion was recorded.
   */
  private boolean deletable(Path file, Known known) {
    Path parent = file.getParent();
    if (directory.artifacts().equals(parent) || directory.runs().equals(parent)) {
      return !known.jobs().contains(JobDirectories.number(file));
    }
    return file.startsWith(directory.artifacts())
        && !known.artifacts().containsKey(directory.artifacts().relativize(file).toString());
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
        ArtifactRow row = known.artifacts().get(directory.artifacts().relativize(file).toString());
        if (row == null || hasAnotherSize(file, row)) {
          unknown.add(file);
        }
      }
    }
    return unknown;
  }

  /**
   * Whether the file's size differs from the row's; false if unknown, as for a link to an unmounted
   * directory.
   */
  private static boolean hasAnotherSize(Path file, ArtifactRow row) {
    try {
      return Files.size(file) != row.size();
    } catch (IOException e) {
      LOG.warn("Cannot read {}: {}", file, e.toString());
      return false;
    }
  }
}
