package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files unknown to the database: each start that finds such files moves them, with a note,
 * into a new directory that no code reads.
 *
 * <pre>
 * quarantine/20261126-101500/README.txt      what was moved, and why
 * quarantine/20261126-101500/artifacts/12/   files as they were in the data directory
 * quarantine/20261126-101500-other-lab/      those of another lab than the database's
 * </pre>
 */
public final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final int NAME_LENGTH = "20261126-101500".length();
  private static final String NOTE = "README.txt";

  /** Suffix of a directory whose files may have the same names as files of other jobs. */
  private static final String OF_ANOTHER_LAB = "-other-lab";

  private static final String TEXT =
      """
      %s

      At %s the server moved these files here from %s.
      If the database that knows them is restored, the next start moves them back; it may need
      --rebuild, since jobs may have been added in the meantime. Otherwise copy out what you need, and
      delete this directory when nothing in it is needed any more;
      retention deletes it after the time set by retention.quarantine in bagnetlab.yaml.

      %s
      """;

  private final Path root;
  private final Path directory;

  /** The quarantine of a data directory. */
  public Quarantine(Path root) {
    this.root = root;
    this.directory = root.resolve(DataDirectory.QUARANTINE);
  }

  /**
   * The files that were moved at one start.
   *
   * @param directory its directory
   * @param at when it was moved
   */
  public record Entry(Path directory, Instant at) {

    /** Whether its jobs belong to another lab, although the database may know their IDs. */
    public boolean isOfAnotherLab() {
      return String.valueOf(directory.getFileName()).contains(OF_ANOTHER_LAB);
    }
  }

  /**
   * Quarantines files and directories of the data directory. Those that cannot be moved stay in
   * place.
   *
   * @param why a sentence for users
   * @return what was moved
   */
  public List<Path> move(List<Path> files, String why, Instant at) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    Path place = create(NAME.format(at));
    List<Path> moved = new ArrayList<>();
    for (Path file : files) {
      if (move(file, place.resolve(root.relativize(file)))) {
        moved.add(file);
      }
    }
    if (moved.isEmpty()) {
      FileTree.delete(place);
      return moved;
    }
    LOG.warn("{} {} moved to {}", why, moved.size() == 1 ? "It is" : "They are", place);
    Files.writeString(place.resolve(NOTE), note(moved, why, at.truncatedTo(ChronoUnit.SECONDS)));
    FileTree.sync(place);
    return moved;
  }

  /**
   * Quarantines all of these files or none, and marks earlier quarantined files as another lab's.
   *
   * @param why the jobs in the database are of another lab, as a sentence for users
   * @throws IOException if not all can be moved
   */
  public void moveAllOfAnotherLab(List<Path> files, String why, Instant at) throws IOException {
    List<Entry> earlier = entries();
    if (!files.isEmpty()) {
      Path place = create(NAME.format(at) + OF_ANOTHER_LAB);
      Files.writeString(place.resolve(NOTE), note(files, why, at.truncatedTo(ChronoUnit.SECONDS)));
      moveAll(files, place);
      FileTree.sync(place);
      LOG.warn("{} All files of jobs were moved to {}", why, place);
    }
    for (Entry entry : earlier) {
      if (!entry.isOfAnotherLab()) {
        var _ =
            Files.move(
                entry.directory(),
                entry.directory().resolveSibling(entry.directory().getFileName() + OF_ANOTHER_LAB));
      }
    }
  }

  private void moveAll(List<Path> files, Path place) throws IOException {
    List<Path> moved = new ArrayList<>();
    try {
      for (Path file : files) {
        rename(file, place.resolve(root.relativize(file)));
        moved.add(file);
      }
    } catch (IOException e) {
      for (Path file : moved) {
        rename(place.resolve(root.relativize(file)), file);
      }
      removeEmptied();
      throw e;
    }
  }

  private Path create(String name) throws IOException {
    Files.createDirectories(directory);
    Path place = directory.resolve(name);
    for (int number = 2; Files.exists(place); number++) {
      place = directory.resolve(name + "-" + number);
    }
    return Files.createDirectory(place);
  }

  private String note(List<Path> files, String why, Instant at) {
    return TEXT.formatted(
        why,
        at,
        root,
        files.stream()
            .map(file -> root.relativize(file).toString())
            .collect(Collectors.joining("\n")));
  }

  private static boolean move(Path file, Path target) {
    try {
      rename(file, target);
      return true;
    } catch (IOException e) {
      LOG.warn("{} is not known to the database, and stays where it is: {}", file, e.toString());
      return false;
    }
  }

  private static void rename(Path file, Path target) throws IOException {
    Files.createDirectories(Optional.ofNullable(target.getParent()).orElseThrow());
    // Never copies, since that may take hours and fill this disk.
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Moves a quarantined file back to its place.
   *
   * @param path relative to the data directory
   * @param wanted selects it among files with the same path
   */
  public boolean giveBack(Path path, BiPredicate<Entry, Path> wanted) throws IOException {
    for (Entry entry : entries()) {
      Path kept = entry.directory().resolve(path);
      if (Files.exists(kept) && wanted.test(entry, kept)) {
        rename(kept, root.resolve(path));
        return true;
      }
    }
    return false;
  }

  /** Removes directories that contain only their notes. */
  public void removeEmptied() throws IOException {
    for (Entry entry : entries()) {
      try (Stream<Path> files = Files.walk(entry.directory())) {
        if (files.filter(file -> !Files.isDirectory(file)).allMatch(this::isNote)) {
          delete(entry);
        }
      }
    }
  }

  private boolean isNote(Path file) {
    return file.endsWith(NOTE);
  }

  /**
   * The quarantined directories, oldest first. Other directories were created manually and are
   * ignored.
   */
  public List<Entry> entries() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    return JobDirectories.entries(directory).stream()
        .sorted()
        .flatMap(entry -> time(entry).map(at -> new Entry(entry, at)).stream())
        .toList();
  }

  private static Optional<Instant> time(Path entry) {
    String name = String.valueOf(entry.getFileName());
    if (name.length() < NAME_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(NAME.parse(name.substring(0, NAME_LENGTH), Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Deletes the files that one start moved. */
  public void delete(Entry entry) throws IOException {
    FileTree.delete(entry.directory());
  }
}
