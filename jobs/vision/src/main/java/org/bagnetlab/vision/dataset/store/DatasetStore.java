package org.bagnetlab.vision.dataset.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.generated.BuiltInDatasets;
import org.bagnetlab.vision.dataset.generated.GeneratedDataset;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.imported.DatasetImport;
import org.bagnetlab.vision.dataset.imported.ImportedDataset;
import org.bagnetlab.vision.dataset.imported.ManifestFile;
import org.bagnetlab.vision.staging.Damaged;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.staging.FolderName;
import org.bagnetlab.vision.staging.StagedFolder;

/** The built-in data sets, and those imported into one folder. */
public final class DatasetStore {

  private final Path folder;
  private final DatasetSummaries summaries;

  /** Opens the store of a folder, which need not exist yet. */
  public DatasetStore(Path folder) {
    this.folder = folder;
    this.summaries = new DatasetSummaries(folder);
  }

  /** All data sets. A damaged data set does not hide the others. */
  public DatasetList list() throws IOException {
    List<DatasetFacts> usable = new ArrayList<>();
    BuiltInDatasets.all().forEach(dataset -> usable.add(DatasetFacts.of(dataset)));
    List<Damaged> damaged = new ArrayList<>();
    List<String> names = FolderName.in(folder);
    for (String name : names) {
      try {
        usable.add(summaries.of(name));
      } catch (DamagedException e) {
        damaged.add(e.damaged());
      }
    }
    summaries.keep(names);
    return new DatasetList(usable, damaged);
  }

  /** The state of the store. Two states are equal if the facts of all data sets are the same. */
  public Object state() throws IOException {
    return summaries.identities(FolderName.in(folder));
  }

  /**
   * The facts of the data set with this name.
   *
   * @throws DamagedException if it exists but cannot be used
   */
  public Optional<DatasetFacts> facts(String name) throws DamagedException {
    Optional<GeneratedDataset> builtIn = BuiltInDatasets.find(name);
    if (builtIn.isPresent()) {
      return builtIn.map(DatasetFacts::of);
    }
    return imported(name) ? Optional.of(summaries.of(name)) : Optional.empty();
  }

  /**
   * The data set with this name.
   *
   * @throws DamagedException if it exists but cannot be used
   */
  public Optional<SceneDataset> find(String name) throws DamagedException {
    Optional<GeneratedDataset> builtIn = BuiltInDatasets.find(name);
    if (builtIn.isPresent()) {
      return Optional.of(builtIn.get());
    }
    if (!imported(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ImportedDataset.open(folder.resolve(name), name));
    } catch (DamagedException e) {
      throw e;
    } catch (IOException e) {
      throw ManifestFile.unread(name, e);
    }
  }

  /**
   * The duplicate images of a data set. If the data set was imported by a version that did not
   * search for duplicates, the first call takes about a second for 1,000 images.
   *
   * @param progress called after each image if duplicates are searched for now
   * @throws DamagedException if the data set exists but cannot be used
   * @throws IOException if an image cannot be read
   */
  public Optional<DuplicatePairs> duplicates(String name, DatasetImport.Progress progress)
      throws IOException {
    Optional<SceneDataset> dataset = find(name);
    if (dataset.isPresent() && dataset.get() instanceof ImportedDataset imported) {
      return Optional.of(imported.duplicates(progress));
    }
    return dataset.map(generated -> DuplicatePairs.NONE);
  }

  /** Whether there is an imported data set with this name, usable or damaged. */
  public boolean imported(String name) {
    return FolderName.possible(name) && Files.isDirectory(folder.resolve(name));
  }

  /**
   * Moves an imported data set out of the store, whether or not it is damaged.
   *
   * @return a handle that deletes the files when it is closed
   * @throws IOException if there is no imported data set with this name
   */
  public Closeable remove(String name) throws IOException {
    if (BuiltInDatasets.has(name)) {
      throw new IOException("%s is built in and cannot be removed.".formatted(name));
    }
    if (!imported(name)) {
      throw new IOException("There is no data set '%s'.".formatted(name));
    }
    return StagedFolder.takeOut(folder, name);
  }

  /**
   * Imports a folder or zip file atomically.
   *
   * @param name name of the new data set
   * @param source folder or zip file
   * @param progress called after each image
   * @return the imported data set
   * @throws DatasetException if the source is not a set of readable images, or the name is taken
   */
  public DatasetImported importFrom(String name, Path source, DatasetImport.Progress progress)
      throws IOException, DatasetException {
    return stored(name, new DatasetImport(folder, progress).run(name, source));
  }

  /**
   * Imports like {@link #importFrom(String, Path, DatasetImport.Progress)}, but in a process that
   * may be killed. The process that owns the staged folder removes its files.
   *
   * @param staged name from {@link StagedFolder#ownedName}
   */
  public DatasetImported importFrom(
      String name, Path source, DatasetImport.Progress progress, String staged)
      throws IOException, DatasetException {
    return stored(name, new DatasetImport(folder, progress, staged).run(name, source));
  }

  private DatasetImported stored(String name, List<String> warnings) throws IOException {
    return new DatasetImported(
        DatasetFacts.of(ImportedDataset.open(folder.resolve(name), name)), warnings);
  }

  /**
   * Why no data set can be imported under this name, in one line; empty if the name can be used.
   */
  public Optional<String> refusalOf(String name) {
    if (!FolderName.possible(name)) {
      return Optional.of(
          "A name has up to 64 lower-case letters, digits, dots, dashes and underscores, and starts with a letter or digit.");
    }
    if (BuiltInDatasets.has(name)) {
      return Optional.of("%s is the name of a built-in data set.".formatted(name));
    }
    return imported(name)
        ? Optional.of("The data set '%s' already exists.".formatted(name))
        : Optional.empty();
  }
}
