package org.bagnetlab.server.results.image;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactTable;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Reads the predictions of runs for images, and caches the most recent ones. */
public final class StoredPredictedImages {

  /** Cache size in bytes: enough for a quarter of a million images of 15 classes. */
  private static final int CACHED = 40_000_000;

  private final StoredFiles files;
  private final DatasetStore datasets;
  private final FileCache<PredictedImages> cache;

  /**
   * Reads the predictions that jobs stored.
   *
   * @param datasets says whether the images are still the measured ones
   */
  public StoredPredictedImages(StoredFiles files, DatasetStore datasets) {
    this.files = files;
    this.datasets = datasets;
    this.cache =
        new FileCache<>(
            files, ArtifactKind.PREDICTIONS, PredictedImages::read, PredictedImages::size, CACHED);
  }

  /**
   * The images of a job, which may no longer exist.
   *
   * @param dataset name of the data set
   * @param split the training whose split contains them; empty: any images of the data set
   */
  public record Images(String dataset, Optional<Long> split) {}

  /**
   * A page of predictions. Blocks.
   *
   * @throws NoSuchElementException if a job stored none
   * @throws org.bagnetlab.storage.file.ArtifactLost if its file is lost
   */
  public PredictionPage page(long job, Images images, PredictionFilter filter) throws IOException {
    SharedErrors errors = new SharedErrors(filter, of(job));
    // One run after another: all together can need more memory than the server has.
    for (long other : filter.alsoWrong()) {
      errors.add(of(other));
    }
    return errors.page(images.dataset(), pictured(job, images));
  }

  private PredictedImages of(long job) throws IOException {
    return cache
        .find(job)
        .orElseThrow(
            () -> new NoSuchElementException("Job %d stored no predictions.".formatted(job)));
  }

  /** Whether the data set is known to be the one that the job measured. */
  private boolean pictured(long job, Images images) {
    Optional<String> was = files.query(tables -> measured(tables.artifacts(), job, images));
    return was.isPresent() && was.equals(checksum(images.dataset()));
  }

  /** The checksum of the data set that a job measured; earlier versions stored it with a split. */
  private static Optional<String> measured(ArtifactTable artifacts, long job, Images images) {
    return StoredFiles.newest(artifacts.ofJob(job), ArtifactKind.PREDICTIONS)
        .flatMap(file -> Facts.datasetChecksum(file.facts()))
        .or(
            () ->
                images
                    .split()
                    .flatMap(training -> Facts.datasetChecksum(artifacts.ofJob(training))));
  }

  private Optional<String> checksum(String dataset) {
    try {
      return datasets.facts(dataset).map(DatasetFacts::checksum);
    } catch (DamagedException e) {
      // The predictions are known even without the images.
      return Optional.empty();
    }
  }
}
