package org.bagnetlab.storage.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.EmptyArtifacts;
import org.bagnetlab.storage.directory.JobDirectories;
import org.bagnetlab.storage.directory.LabIdentity;
import org.bagnetlab.storage.directory.Quarantine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database of a data directory, unless it does not match the files next to it: an empty
 * or older database does not contain all runs whose files exist, and a server that used it would
 * lose them.
 */
public final class DatabaseStart {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);

  private final DataDirectory directory;
  private final Path store;

  private DatabaseStart(DataDirectory directory) {
    this.directory = directory;
    this.store = DatabaseFiles.store(directory.database());
  }

  /** What {@link Recovery#REBUILD} does with a database that does not match the files. */
  private enum Continuation {
    EMPTY("starts with an empty database, and keeps all files of runs"),
    WITH_IT("continues with this database, and keeps all files of runs that it does not know"),
    WITHOUT_FILES("continues without them, and keeps all files of runs that it does not know"),
    /** Its jobs have the same IDs as other jobs, so their files have the same names. */
    OF_ANOTHER_LAB(
        "continues with this database, and keeps all files of runs that are not its own");

    private final String text;

    Continuation(String text) {
      this.text = text;
    }
  }

  /** A problem of a database, and what can be done about it. */
  private record Trouble(String what, Continuation continuation) {

    String message(Path directory, Path store) {
      return "%s Nothing was changed. %s and start again, or start with --rebuild: that %s in %s."
          .formatted(
              what,
              continuation == Continuation.WITHOUT_FILES
                  ? "Mount it, or put the files back,"
                  : "Put the right database back as " + store,
              continuation.text,
              directory.resolve(DataDirectory.QUARANTINE));
    }
  }

  /**
   * Opens the database, creating or migrating it as needed.
   *
   * @throws DatabaseRefused if the database does not match the files, and recovery was not
   *     requested
   * @throws StorageException if another program has it open
   */
  public static Database open(DataDirectory directory, Recovery recovery) throws IOException {
    return new DatabaseStart(directory).open(recovery);
  }

  private Database open(Recovery recovery) throws IOException {
    LabIdentity identity = directory.identity();
    Optional<Trouble> trouble = exists() ? ofExisting(identity) : ofMissing();
    if (trouble.isEmpty()) {
      if (recovery == Recovery.REBUILD) {
        LOG.warn("The database is intact: nothing to rebuild");
      }
      return Database.open(directory);
    }
    if (recovery == Recovery.REFUSE) {
      throw new DatabaseRefused(trouble.get().message(directory.root(), store));
    }
    return rebuilt(trouble.get());
  }

  /** Whether the file exists. Fails if unknown, as on an unavailable network file system. */
  private boolean exists() throws IOException {
    if (Files.isSymbolicLink(store) && !Files.exists(store)) {
      throw unusable(
          "is a link to %s, which is not there".formatted(Files.readSymbolicLink(store)));
    }
    if (Files.exists(store) && !Files.isRegularFile(store)) {
      throw unusable(Files.isDirectory(store) ? "is a directory" : "is no regular file");
    }
    try {
      return Files.size(store) > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private StorageException unusable(String why) {
    return new StorageException(
        "The database %s %s. Put the right file in its place, and start again."
            .formatted(store, why));
  }

  private Optional<Trouble> ofMissing() throws IOException {
    long runs = numbers().count();
    if (runs == 0 && HighWaterMark.of(directory).read().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Trouble(
            "The database of %s is %s, but there was one before, and there are files of %d jobs.%s"
                .formatted(
                    directory.root(),
                    Files.exists(store) ? "empty" : "missing",
                    runs,
                    rescued()
                        .map(" It was removed while a server ran, which kept it as %s."::formatted)
                        .orElse("")),
            Continuation.EMPTY));
  }

  /** The newest copy of a database that lost its file. */
  private Optional<Path> rescued() throws IOException {
    return JobDirectories.entries(directory.database().resolveSibling(".")).stream()
        .filter(file -> DatabaseFiles.isRescued(directory.database(), file))
        .max(Comparator.naturalOrder())
        .map(Path::normalize);
  }

  private Optional<Trouble> ofExisting(LabIdentity identity) throws IOException {
    Optional<DatabaseInspection> inspection = DatabaseInspection.ofCopy(directory.database());
    return inspection.isEmpty() ? Optional.empty() : trouble(inspection.get(), identity);
  }

  private Optional<Trouble> trouble(DatabaseInspection found, LabIdentity identity)
      throws IOException {
    if (found.damage().isPresent()) {
      return Optional.of(
          new Trouble(
              "The database of %s is damaged: %s."
                  .formatted(directory.root(), found.damage().get()),
              Continuation.EMPTY));
    }
    if (found.identity().filter(said -> !said.equals(identity.id())).isPresent()) {
      return Optional.of(
          new Trouble(
              "The database of %s belongs to another data directory, or the file identity is missing."
                  .formatted(directory.root()),
              Continuation.OF_ANOTHER_LAB));
    }
    OptionalLong mark = HighWaterMark.of(directory).read();
    Optional<Trouble> unmounted = mark.isEmpty() ? Optional.empty() : unmounted(found);
    Optional<Trouble> older = older(found, mark);
    if (unmounted.isPresent() && older.isPresent()) {
      return Optional.of(
          new Trouble(
              older.get().what() + " " + unmounted.get().what(), older.get().continuation()));
    }
    return older.or(() -> unmounted);
  }

  /**
   * The problem that the artifact directory seems to be unmounted. Not called for an unused
   * database, which another program may have made.
   */
  private Optional<Trouble> unmounted(DatabaseInspection found) throws IOException {
    long files = found.rows().getOrDefault("ARTIFACTS", 0L);
    if (files == 0 || !new EmptyArtifacts(directory.artifacts()).isUnexplained(files)) {
      return Optional.empty();
    }
    return Optional.of(
        new Trouble(
            "The directory %s is empty or not mounted, but the database knows %d files in it."
                .formatted(directory.artifacts(), files),
            Continuation.WITHOUT_FILES));
  }

  private Optional<Trouble> older(DatabaseInspection found, OptionalLong mark) throws IOException {
    if (mark.isPresent() && found.commits() < mark.getAsLong()) {
      return Optional.of(
          older(
              "it ends after %d changes, but there were %d"
                  .formatted(found.commits(), mark.getAsLong()),
              found));
    }
    long highest = highest();
    return highest >= found.nextJob()
        ? Optional.of(
            older(
                "it ends before job %d, but there are files of job %d"
                    .formatted(found.nextJob(), highest),
                found))
        : Optional.empty();
  }

  private Trouble older(String how, DatabaseInspection found) {
    return new Trouble(
        "The database of %s is older than the files next to it, or damaged: %s. Jobs in it: %d."
            .formatted(directory.root(), how, found.rows().getOrDefault("JOBS", 0L)),
        Continuation.WITH_IT);
  }

  private Database rebuilt(Trouble trouble) throws IOException {
    LOG.warn("{} Rebuilding, as requested", trouble.what());
    if (trouble.continuation() == Continuation.OF_ANOTHER_LAB) {
      quarantineAll();
    }
    if (exists()) {
      // It is not always clear whether the database is older or damaged, so it is kept in any case.
      Path kept =
          DatabaseFiles.store(DatabaseFiles.beforeRebuild(directory.database(), Instant.now()));
      if (trouble.continuation() == Continuation.EMPTY) {
        Files.move(store, kept);
      } else {
        Files.copy(store, kept);
      }
      LOG.warn("The previous database is kept as {}", kept);
    }
    HighWaterMark.of(directory).clear();
    long highest = highest();
    Database database = Database.open(directory);
    var _ =
        database
            .write(
                tables -> {
                  // No job ID is assigned again, so files of two jobs are never mixed up. The newer
                  // database, which is missing, may still need the files that were to be deleted.
                  tables.lab().continueAfter(highest);
                  tables.deletions().clear();
                  return highest;
                })
            .join();
    return database;
  }

  /**
   * Quarantines all files of jobs. Called before the database is assigned to this directory,
   * because that restores known files.
   */
  private void quarantineAll() throws IOException {
    List<Path> files = new ArrayList<>(JobDirectories.in(directory.artifacts()));
    files.addAll(JobDirectories.in(directory.runs()));
    Quarantine quarantine = new Quarantine(directory.root());
    try {
      quarantine.moveAllOfAnotherLab(
          files, "The database of another lab is used from now on.", Instant.now());
    } catch (IOException e) {
      throw new DatabaseRefused(
          "The files of runs cannot be moved to %s, and would be mixed up with those of the database (%s). Nothing was changed. Move the contents of artifacts and runs elsewhere and start again with --rebuild, or put the right database back as %s."
              .formatted(directory.root().resolve(DataDirectory.QUARANTINE), e, store));
    }
  }

  /** The highest ID of a job that has files, including those in the quarantine. */
  private long highest() throws IOException {
    return Stream.concat(numbers(), quarantined()).max(Long::compare).orElse(0L);
  }

  private Stream<Long> quarantined() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Quarantine.Entry entry : new Quarantine(directory.root()).entries()) {
      for (String part : List.of(DataDirectory.ARTIFACTS, DataDirectory.RUNS)) {
        JobDirectories.in(entry.directory().resolve(part))
            .forEach(job -> numbers.add(JobDirectories.number(job)));
      }
    }
    return numbers.stream();
  }

  /** The IDs of the jobs that have files. */
  private Stream<Long> numbers() throws IOException {
    return Stream.concat(
            JobDirectories.in(directory.artifacts()).stream(),
            JobDirectories.in(directory.runs()).stream())
        .map(JobDirectories::number)
        .distinct();
  }
}
