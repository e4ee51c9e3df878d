package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.vision.staging.FolderName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets that are built in or were imported below one folder. */
public final class DatasetStore {

  private static final Logger LOG = LoggerFactory.getLogger(DatasetStore.class);

  private final Path folder;

  /** Opens the store of a folder, which need not exist yet. */
  public DatasetStore(Path folder) {
    this.folder = folder;
  }

  /** All data sets: the built-in one, then the imported ones by name. */
  public List<DatasetFacts> list() throws IOException {
    List<DatasetFacts> all = new ArrayList<>();
    all.add(DatasetFacts.of(new Controlled15()));
    if (Files.isDirectory(folder)) {
      try (Stream<Path> folders = Files.list(folder)) {
        for (Path each : (Iterable<Path>) folders.sorted()::iterator) {
          boolean complete =
              FolderName.possible(String.valueOf(each.getFileName()))
                  && Files.isRegularFile(each.resolve(Manifest.FILE));
          if (complete) {
            try {
              all.add(DatasetFacts.of(ImportedDataset.open(each)));
            } catch (IOException e) {
              // One damaged data set must not hide the others.
              LOG.warn("The data set in {} is damaged: {}", each, e.getMessage());
            }
          }
        }
      }
    }
    return all;
  }

  /** The data set of this name. */
  public Optional<SceneDataset> find(String name) throws IOException {
    if (name.equals(Controlled15.NAME)) {
      return Optional.of(new Controlled15());
    }
    if (!FolderName.possible(name)) {
      return Optional.empty();
    }
    Path each = folder.resolve(name);
    return Files.isRegularFile(each.resolve(Manifest.FILE))
        ? Optional.of(ImportedDataset.open(each))
        : Optional.empty();
  }

  /**
   * Imports a folder or zip file: all of it, or nothing.
   *
   * @param name what to call it
   * @param source folder or zip file
   * @param progress told after each image
   * @return what was imported
   * @throws DatasetException if the source is no set of readable images, or the name is taken
   */
  public DatasetFacts importFrom(String name, Path source, DatasetImport.Progress progress)
      throws IOException, DatasetException {
    return DatasetFacts.of(new DatasetImport(folder, progress).run(name, source));
  }
}
