package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.duplicate.DuplicateSearch;
import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.ImageDecoder;
import org.bagnetlab.vision.dataset.image.ImageLimits;
import org.bagnetlab.vision.dataset.image.Pixels;

/** An imported data set, which has its own folder. */
public final class ImportedDataset implements SceneDataset {

  private final Path folder;
  private final Manifest manifest;
  private final List<SceneImage> images;

  private ImportedDataset(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
    this.images =
        manifest.images().stream()
            .map(entry -> new SceneImage(entry.path(), entry.label(), entry.folder()))
            .toList();
  }

  /** Opens the data set with this name in its folder. */
  public static ImportedDataset open(Path folder, String name) throws IOException {
    return new ImportedDataset(folder, ManifestFile.read(folder, name));
  }

  /** The stored facts about its files. */
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public String name() {
    return manifest.name();
  }

  @Override
  public List<String> classes() {
    return manifest.classes();
  }

  @Override
  public List<SceneImage> images() {
    return images;
  }

  @Override
  public String checksum() {
    return manifest.checksum();
  }

  @Override
  public String preparation() {
    return "pillow";
  }

  @Override
  public Pixels read(SceneImage image, int size) throws IOException {
    return BilinearResize.toSquare(decoded(image.path()), size);
  }

  /**
   * The duplicate images, which were found during the import or are searched for now.
   *
   * @param progress called after each image if duplicates are searched for now
   */
  public DuplicatePairs duplicates(DatasetImport.Progress progress) throws IOException {
    Optional<DuplicatePairs> stored = DuplicatesFile.read(folder, checksum());
    if (stored.isPresent()) {
      return stored.get();
    }
    DuplicateSearch search = new DuplicateSearch();
    int done = 0;
    for (Manifest.Entry entry : manifest.images()) {
      search.add(entry.path(), entry.folder(), entry.sha256(), decoded(entry.path()));
      progress.report(++done, manifest.images().size());
    }
    DuplicatePairs found = search.found();
    DuplicatesFile.write(folder, checksum(), found);
    return found;
  }

  private Pixels decoded(String path) throws IOException {
    try {
      return ImageDecoder.decode(ImageLimits.read(folder.resolve(path)));
    } catch (IOException e) {
      throw new IOException(
          "Image %s of data set %s cannot be read: %s.".formatted(path, name(), e.getMessage()), e);
    }
  }
}
