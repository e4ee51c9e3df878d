package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.duplicate.DuplicateSearch;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.image.ImageDecoder;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.staging.FolderName;
import org.bagnetlab.vision.staging.StagedFolder;

/** Copies a set of images into a new folder, either all of them or none. */
public final class DatasetImport {

  private static final int MOST_REPORTED = 20;

  private final Path datasets;
  private final Progress progress;
  private final Staging staging;

  /** Receives the progress of an import. */
  @FunctionalInterface
  public interface Progress {
    /** Called when {@code done} of {@code total} images have been copied. */
    void report(int done, int total);
  }

  /** Creates the folder that the import fills. */
  @FunctionalInterface
  private interface Staging {
    StagedFolder begin(Path datasets) throws IOException;
  }

  /** Creates an import into a new subfolder of the data sets' folder. */
  public DatasetImport(Path datasets, Progress progress) {
    this(datasets, progress, StagedFolder::in);
  }

  /** Creates an import in a process that may be killed by the owner of the staged folder. */
  public DatasetImport(Path datasets, Progress progress, String staged) {
    this(datasets, progress, parent -> StagedFolder.in(parent, staged));
  }

  private DatasetImport(Path datasets, Progress progress, Staging staging) {
    this.datasets = datasets;
    this.progress = progress;
    this.staging = staging;
  }

  /**
   * Imports a folder or zip file.
   *
   * @return warnings for users about the images, one or two sentences each
   */
  public List<String> run(String name, Path source) throws IOException, DatasetException {
    if (!FolderName.possible(name) || BuiltInDatasets.has(name)) {
      throw new DatasetException(
          "'%s' is not a valid data set name: %s, and not the built-in %s."
              .formatted(name, FolderName.ADVICE, builtIn()));
    }
    String label = String.valueOf(source.getFileName());
    if (!PrintableName.is(label)) {
      throw new DatasetException(
          "The name '%s' contains a control character. Rename the file and import again."
              .formatted(PrintableName.shown(label)));
    }
    Path target = datasets.resolve(name);
    if (Files.exists(target)) {
      throw taken(name);
    }
    try (StagedFolder staged = staging.begin(datasets);
        SourceFiles files = SourceFiles.open(source)) {
      Layout layout = Layout.of(files.paths());
      DuplicateSearch duplicates = new DuplicateSearch();
      List<Manifest.Entry> entries = copy(files, layout, staged.path(), duplicates);
      String checksum = Manifest.checksum(entries);
      ManifestFile.write(
          staged.path(),
          new Manifest(
              Manifest.FORMAT,
              name,
              label,
              Instant.now().toString(),
              layout.classes(),
              entries,
              checksum));
      DuplicatePairs found = duplicates.found();
      DuplicatesFile.write(staged.path(), checksum, found);
      staged.moveTo(name);
      return DatasetWarnings.of(layout, found);
    } catch (FileAlreadyExistsException e) {
      if (Files.exists(target)) {
        throw taken(name); // imported by another process in the meantime
      }
      throw e;
    }
  }

  private static DatasetException taken(String name) {
    return new DatasetException(
        "The data set '%s' already exists. Import under another name, or remove it with ./bagnetlab dataset remove %s (while a server runs, with --server URL)."
            .formatted(name, name));
  }

  private static String builtIn() {
    return Stream.concat(
            BuiltInDatasets.all().stream().map(SceneDataset::name),
            BuiltInDatasets.forms().stream())
        .collect(Collectors.joining(" or "));
  }

  private List<Manifest.Entry> copy(
      SourceFiles files, Layout layout, Path folder, DuplicateSearch duplicates)
      throws IOException, DatasetException {
    List<Manifest.Entry> entries = new ArrayList<>();
    List<DatasetException.Unreadable> unreadable = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    int done = 0;
    for (Map.Entry<String, SceneImage> each : layout.images().entrySet()) {
      SceneImage image = each.getValue();
      Optional<Copied> copied = read(files, each.getKey(), unreadable);
      if (copied.isPresent() && !taken.add(image.path())) {
        unreadable.add(
            new DatasetException.Unreadable(
                each.getKey(), "another file has the path " + image.path()));
      } else if (copied.isPresent()) {
        Path file = folder.resolve(image.path());
        Files.createDirectories(file.getParent());
        Files.write(
            file, copied.get().bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
        Manifest.Entry entry = entry(image, copied.get());
        entries.add(entry);
        duplicates.add(entry.path(), entry.folder(), entry.sha256(), copied.get().pixels());
      }
      progress.report(++done, layout.images().size());
    }
    if (!unreadable.isEmpty()) {
      throw new DatasetException(report(unreadable, layout.images().size()), unreadable);
    }
    entries.sort(Comparator.comparing(Manifest.Entry::path));
    return entries;
  }

  /** A file's bytes and the decoded image. */
  private record Copied(byte[] bytes, Pixels pixels) {}

  private static Optional<Copied> read(
      SourceFiles files, String path, List<DatasetException.Unreadable> unreadable) {
    try {
      byte[] bytes = files.read(path);
      return Optional.of(new Copied(bytes, ImageDecoder.decode(bytes)));
    } catch (IOException e) {
      unreadable.add(DatasetException.Unreadable.of(path, e));
      return Optional.empty();
    }
  }

  private static Manifest.Entry entry(SceneImage image, Copied copied) {
    return new Manifest.Entry(
        image.path(),
        image.label(),
        image.folder(),
        Sha256.of(copied.bytes()),
        copied.pixels().width(),
        copied.pixels().height(),
        copied.pixels().channels());
  }

  private static String report(List<DatasetException.Unreadable> unreadable, int images) {
    StringBuilder report =
        new StringBuilder(
            "%d of %d images %s unusable; nothing was imported:"
                .formatted(unreadable.size(), images, unreadable.size() == 1 ? "is" : "are"));
    for (DatasetException.Unreadable each :
        unreadable.subList(0, Math.min(MOST_REPORTED, unreadable.size()))) {
      report
          .append("\n  ")
          .append(PrintableName.shown(each.path()))
          .append(": ")
          .append(each.reason());
    }
    if (unreadable.size() > MOST_REPORTED) {
      report.append("\n  and %d more".formatted(unreadable.size() - MOST_REPORTED));
    }
    return report.toString();
  }
}
