package org.bagnetlab.server.results.image;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.StoredFiles;
import org.bagnetlab.storage.artifact.ArtifactTable;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.vision.dataset.store.DatasetFacts;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Reads the predictions of runs for images, and caches the most recent ones. */
public final class StoredPredictedImages {

  /** Cache size in bytes: enough for a quarter of a million images of 15 classes. */
  private static final int CACHED = 40_000_000;

  private final Vertx vertx;
  private final Database database;
  private final DatasetStore datasets;
  private final FileCache<PredictedImages> cache;

  /**
   * Reads the predictions of the jobs in a database.
   *
   * @param artifacts contains their predictions
   * @param datasets says whether the images are still the measured ones
   */
  public StoredPredictedImages(
      Vertx vertx, Database database, ArtifactStore artifacts, DatasetStore datasets) {
    this.vertx = vertx;
    this.database = database;
    this.datasets = datasets;
    this.cache =
        new FileCache<>(
            new StoredFiles(vertx, database, artifacts),
            ArtifactKind.PREDICTIONS,
            PredictedImages::read,
            PredictedImages::size,
            CACHED);
  }

  /**
   * The images of a job, which may no longer exist.
   *
   * @param dataset name of the data set
   * @param split the training whose split contains them; empty: any images of the data set
   */
  public record Images(String dataset, Optional<Long> split) {}

  /**
   * A page of predictions. Fails with {@link NoSuchElementException} if a job stored none, and with
   * {@link org.bagnetlab.storage.file.ArtifactLost} if its file is lost.
   */
  public Future<PredictionPage> page(long job, Images images, PredictionFilter filter) {
    Future<SharedErrors> all =
        of(job).compose(run -> vertx.executeBlocking(() -> new SharedErrors(filter, run), false));
    // One run after another: all together can need more memory than the server has.
    for (long other : filter.alsoWrong()) {
      all = all.compose(before -> of(other).compose(run -> add(run, before)));
    }
    return all.compose(
        errors ->
            pictured(job, images)
                .compose(
                    pictured ->
                        vertx.executeBlocking(
                            () -> errors.page(images.dataset(), pictured), false)));
  }

  private Future<SharedErrors> add(PredictedImages run, SharedErrors before) {
    return vertx.executeBlocking(
        () -> {
          before.add(run);
          return before;
        },
        false);
  }

  private Future<PredictedImages> of(long job) {
    return cache
        .find(job)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new NoSuchElementException(
                            "Job %d stored no predictions.".formatted(job))));
  }

  /** Whether the data set is known to be the one that the job measured. */
  private Future<Boolean> pictured(long job, Images images) {
    return Futures.of(vertx, database.read(tables -> measured(tables.artifacts(), job, images)))
        .compose(
            was ->
                vertx.executeBlocking(
                    () -> was.isPresent() && was.equals(checksum(images.dataset())), false));
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
