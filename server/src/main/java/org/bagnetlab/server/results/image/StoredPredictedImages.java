package org.bagnetlab.server.results.image;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.artifact.ArtifactTable;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Reads the predictions of runs for images, and caches the most recently used ones. */
public final class StoredPredictedImages {

  /** Size of the cache in bytes: enough for a quarter of a million images with 15 classes. */
  private static final int CACHED = 40_000_000;

  /** How many runs are searched for predictions, if those of the newest are lost. */
  private static final int RUNS_TRIED = 10;

  private final StoredFiles files;
  private final DatasetStore datasets;
  private final FileCache<PredictedImages> cache;

  /**
   * Reads the predictions that jobs stored.
   *
   * @param datasets determines whether the images are still those that were measured
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
   * @param split the training whose split contains the images; empty for any images of the data set
   */
  public record Images(String dataset, Optional<Long> split) {}

  /**
   * A page of predictions. Blocks.
   *
   * @throws NoSuchElementException if a job stored no predictions
   * @throws org.bagnetlab.storage.file.ArtifactLost if the file of a job is lost
   */
  public PredictionPage page(long job, Images images, PredictionFilter filter) throws IOException {
    SharedErrors errors = new SharedErrors(filter, of(job));
    // Runs are read one after another: all of them together can need more memory than the server
    // has.
    for (long other : filter.alsoWrong()) {
      errors.add(of(other));
    }
    return errors.page(images.dataset(), pictured(job, images));
  }

  /**
   * The classes of a data set that is not here, as the newest training on it stored them; none if
   * its predictions are lost. Reads a file, but starts no other query.
   */
  public List<String> classes(Tables tables, String dataset) {
    List<MeasuredRunRow> runs = tables.runs().succeededTrainings(Optional.of(dataset)).reversed();
    for (MeasuredRunRow run : runs.subList(0, Math.min(runs.size(), RUNS_TRIED))) {
      Optional<ArtifactRow> file =
          StoredFiles.newest(tables.artifacts().ofJob(run.job()), ArtifactKind.PREDICTIONS);
      if (file.isPresent()) {
        try {
          return cache.of(file.get()).classes();
        } catch (ArtifactLost | IOException e) {
          // An older run may still have its file.
        }
      }
    }
    return List.of();
  }

  private PredictedImages of(long job) throws IOException {
    return cache
        .find(job)
        .orElseThrow(
            () -> new NoSuchElementException("Job %d stored no predictions.".formatted(job)));
  }

  /** Whether the data set is known to be the same that the job measured. */
  private boolean pictured(long job, Images images) {
    Optional<String> was = files.query(tables -> measured(tables.artifacts(), job, images));
    return was.isPresent() && was.equals(checksum(images.dataset()));
  }

  /**
   * The checksum of the data set that a job measured. Earlier versions stored it together with a
   * split.
   */
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
      // The predictions can be shown even without the images.
      return Optional.empty();
    }
  }
}
