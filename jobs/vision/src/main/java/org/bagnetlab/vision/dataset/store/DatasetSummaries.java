package org.bagnetlab.vision.dataset.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.vision.dataset.imported.ImportedDataset;
import org.bagnetlab.vision.dataset.imported.Manifest;
import org.bagnetlab.vision.dataset.imported.ManifestFile;
import org.bagnetlab.vision.staging.DamagedException;

/**
 * Caches the facts of imported data sets. A manifest is read again only when its file changes:
 * reading a manifest of 200,000 images takes a third of a second, and every request needs the
 * facts. Thread-safe.
 */
final class DatasetSummaries {

  /** Identifies a version of a file, to detect changes without reading it. */
  record Identity(Optional<Object> key, FileTime modified, long size) {

    static Identity of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Identity(
          Optional.ofNullable(attributes.fileKey()),
          attributes.lastModifiedTime(),
          attributes.size());
    }
  }

  private sealed interface Summary {
    record Whole(DatasetFacts facts) implements Summary {}

    record Broken(DamagedException damage) implements Summary {}
  }

  private record Known(Identity file, Summary summary) {}

  private final Path datasets;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  DatasetSummaries(Path datasets) {
    this.datasets = datasets;
  }

  /**
   * The facts of the data set in a folder.
   *
   * @throws DamagedException if it cannot be used
   */
  DatasetFacts of(String name) throws DamagedException {
    Summary summary = summary(name);
    if (summary instanceof Summary.Broken broken) {
      DamagedException damage = broken.damage();
      throw new DamagedException(name, String.valueOf(damage.getMessage()), damage);
    }
    return ((Summary.Whole) summary).facts();
  }

  private Summary summary(String name) throws DamagedException {
    Path folder = datasets.resolve(name);
    try {
      if (!Files.isRegularFile(folder.resolve(Manifest.FILE))) {
        return read(folder, name);
      }
      Identity file = Identity.of(folder.resolve(Manifest.FILE));
      Known before = known.get(name);
      if (before != null && before.file().equals(file)) {
        return before.summary();
      }
      Summary summary = read(folder, name);
      known.put(name, new Known(file, summary));
      return summary;
    } catch (IOException e) {
      // Failures are not cached, since the next read may succeed.
      throw ManifestFile.unread(name, e);
    }
  }

  private static Summary read(Path folder, String name) throws IOException {
    try {
      return new Summary.Whole(DatasetFacts.of(ImportedDataset.open(folder, name)));
    } catch (DamagedException e) {
      return new Summary.Broken(e);
    }
  }

  /** The file identities of the manifests of existing data sets, by name. */
  Map<String, Identity> identities(Collection<String> names) throws IOException {
    Map<String, Identity> identities = new TreeMap<>();
    for (String name : names) {
      Path file = datasets.resolve(name).resolve(Manifest.FILE);
      if (Files.isRegularFile(file)) {
        identities.put(name, Identity.of(file));
      }
    }
    return identities;
  }

  /** Removes all other data sets from the cache. */
  void keep(Collection<String> names) {
    known.keySet().retainAll(names);
  }
}
