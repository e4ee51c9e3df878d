package org.bagnetlab.vision.weights;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.staging.FolderName;
import org.bagnetlab.vision.staging.StagedFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The weights that were imported below one folder: each a folder with a checkpoint of this
 * project's format and what is known about it.
 */
public final class WeightsStore {

  private static final Logger LOG = LoggerFactory.getLogger(WeightsStore.class);
  private static final String WEIGHTS = "weights.safetensors";

  private final Path folder;

  /** Opens the store of a folder, which need not exist yet. */
  public WeightsStore(Path folder) {
    this.folder = folder;
  }

  /** All weights, by name. */
  public List<WeightsFacts> list() throws IOException {
    List<WeightsFacts> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> folders = Files.list(folder)) {
        for (Path each : (Iterable<Path>) folders.sorted()::iterator) {
          try {
            find(String.valueOf(each.getFileName())).ifPresent(all::add);
          } catch (IOException e) {
            // Damaged weights must not hide the others.
            LOG.warn("Weights are not listed: {}", e.getMessage());
          }
        }
      }
    }
    return all;
  }

  /**
   * The weights of this name.
   *
   * @throws IOException if they are damaged, or of a later version; the message is one line
   */
  public Optional<WeightsFacts> find(String name) throws IOException {
    if (!FolderName.possible(name) || !Files.isRegularFile(place(name).resolve(FactsFile.NAME))) {
      return Optional.empty();
    }
    return Optional.of(FactsFile.read(place(name).resolve(FactsFile.NAME), name));
  }

  /**
   * The checkpoint of weights, for {@link Checkpoint#read}.
   *
   * @throws IllegalArgumentException if no weights can have this name
   */
  public Path file(String name) {
    if (!FolderName.possible(name)) {
      throw new IllegalArgumentException("no name of weights: " + name);
    }
    return place(name).resolve(WEIGHTS);
  }

  /**
   * Says early whether an import could have this name.
   *
   * @throws WeightsNameException if it is taken or not possible
   */
  public void checkName(String name) throws WeightsNameException {
    if (!FolderName.possible(name)) {
      throw WeightsNameException.impossible(name);
    }
    if (Files.exists(place(name))) {
      throw WeightsNameException.taken(name);
    }
  }

  /**
   * Imports a checkpoint of any format: all of it, or nothing.
   *
   * @param name what to call it
   * @throws WeightsNameException if the name is taken or not possible
   * @throws WeightsRefused if the file is damaged, refused, or does not fit the network, or the
   *     request says what cannot be kept
   * @throws IOException if the weights cannot be written
   */
  public WeightsFacts importFrom(String name, Path file, WeightsImport request) throws IOException {
    checkName(name);
    ImportedFile imported = ImportedFile.read(file, request, CheckpointFile::read);
    WeightsFacts facts = imported.facts(name, request);
    try (StagedFolder staged = StagedFolder.in(folder)) {
      imported.write(staged.path().resolve(WEIGHTS), facts);
      FactsFile.write(staged.path().resolve(FactsFile.NAME), facts);
      place(staged, name);
    }
    return facts;
  }

  /**
   * Removes weights.
   *
   * @throws IOException if there are none of this name
   */
  public void remove(String name) throws IOException {
    if (!FolderName.possible(name) || !Files.isDirectory(place(name))) {
      throw new IOException("There are no weights '%s'.".formatted(name));
    }
    StagedFolder.delete(folder, name);
  }

  /** Two imports of one name may come this far; one of them is told that it is taken. */
  private static void place(StagedFolder staged, String name) throws IOException {
    try {
      staged.moveTo(name);
    } catch (FileAlreadyExistsException e) {
      WeightsNameException taken = WeightsNameException.taken(name);
      taken.initCause(e);
      throw taken;
    }
  }

  private Path place(String name) {
    return folder.resolve(name);
  }
}
