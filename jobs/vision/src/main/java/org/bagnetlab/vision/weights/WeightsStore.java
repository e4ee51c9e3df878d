package org.bagnetlab.vision.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.staging.Damaged;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.staging.FolderName;
import org.bagnetlab.vision.staging.StagedFolder;

/**
 * The weights that were imported into one folder: each in its own folder, with a checkpoint in this
 * project's format and a file with the facts.
 */
public final class WeightsStore {

  private static final String WEIGHTS = "weights.safetensors";

  private final Path folder;

  /** Opens the store of a folder, which need not exist yet. */
  public WeightsStore(Path folder) {
    this.folder = folder;
  }

  /** All weights. Damaged weights do not hide the others. */
  public WeightsList list() throws IOException {
    List<WeightsFacts> usable = new ArrayList<>();
    List<Damaged> damaged = new ArrayList<>();
    for (String name : FolderName.in(folder)) {
      try {
        find(name).ifPresent(usable::add);
      } catch (DamagedException e) {
        damaged.add(e.damaged());
      }
    }
    return new WeightsList(usable, damaged);
  }

  /** Whether there are weights with this name, usable or damaged. */
  public boolean imported(String name) {
    return FolderName.possible(name) && Files.isDirectory(place(name));
  }

  /**
   * The weights with this name.
   *
   * @throws DamagedException if they exist but cannot be used
   */
  public Optional<WeightsFacts> find(String name) throws DamagedException {
    if (!imported(name)) {
      return Optional.empty();
    }
    WeightsFacts facts = FactsFile.read(present(FactsFile.NAME, name), name);
    present(WEIGHTS, name);
    return Optional.of(facts);
  }

  private Path present(String file, String name) throws DamagedException {
    Path path = place(name).resolve(file);
    if (!Files.isRegularFile(path)) {
      throw FactsFile.missing(file, name);
    }
    return path;
  }

  /**
   * The checkpoint of weights, for {@link Checkpoint#read}.
   *
   * @throws IllegalArgumentException if the name is invalid
   */
  public Path file(String name) {
    if (!FolderName.possible(name)) {
      throw new IllegalArgumentException("not a name of weights: " + name);
    }
    return place(name).resolve(WEIGHTS);
  }

  /**
   * Checks in advance whether weights can be imported under this name.
   *
   * @throws WeightsNameException if the name is taken or invalid
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
   * Imports a checkpoint of any format, atomically.
   *
   * @param name name of the weights
   * @throws WeightsNameException if the name is taken or invalid
   * @throws WeightsRefused if the file is damaged, rejected, or does not fit the network, or if the
   *     request has invalid metadata
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
   * Moves weights out of the store, whether or not they are damaged.
   *
   * @return a handle that deletes the files when it is closed
   * @throws IOException if there are no weights with this name
   */
  public Closeable remove(String name) throws IOException {
    if (!imported(name)) {
      throw new IOException("There are no weights '%s'.".formatted(name));
    }
    return StagedFolder.takeOut(folder, name);
  }

  /**
   * Moves imported weights to their final folder. If two imports use the same name, one of them
   * fails here.
   */
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
