package org.bagnetlab.server.results;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.vision.dataset.DatasetFacts;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Reads what networks saw in each image, and remembers the last runs that were asked for. */
public final class StoredSeenImages {

  /** Logits of all runs in memory, four bytes each, besides some 100 bytes an image. */
  private static final int REMEMBERED = 2_000_000;

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;
  private final DatasetStore datasets;
  private final StoredFiles files;
  private final RememberedFiles<SeenImages> remembered;

  StoredSeenImages(Vertx vertx, Database database, ArtifactStore artifacts, DatasetStore datasets) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
    this.datasets = datasets;
    this.files = new StoredFiles(vertx, database, artifacts);
    this.remembered =
        new RememberedFiles<>(
            files, ArtifactKind.PREDICTIONS, SeenImages::read, SeenImages::size, REMEMBERED);
  }

  /**
   * The images of a job, which need not exist any more.
   *
   * @param dataset its name
   * @param split the training whose split they are; empty: any of the data set
   */
  public record Images(String dataset, Optional<Long> split) {}

  /**
   * A page of predictions. Fails with {@link NoSuchElementException} if a job stored none, and with
   * {@link org.bagnetlab.storage.file.ArtifactLost} if its file is lost.
   */
  public Future<PredictionPage> page(long job, Images images, PredictionFilter filter) {
    List<Long> jobs = new ArrayList<>();
    jobs.add(job);
    jobs.addAll(filter.alsoWrong());
    return remembered
        .of(jobs)
        .compose(found -> complete(jobs, found))
        .compose(
            found ->
                pictured(images)
                    .compose(
                        pictured ->
                            vertx.executeBlocking(
                                () ->
                                    PredictionPage.of(
                                        filter,
                                        images.dataset(),
                                        pictured,
                                        found.get(0),
                                        found.subList(1, found.size())),
                                false)));
  }

  private Future<List<SeenImages>> complete(List<Long> jobs, Map<Long, SeenImages> found) {
    Optional<Long> missing = jobs.stream().filter(job -> !found.containsKey(job)).findFirst();
    if (missing.isEmpty()) {
      return Future.succeededFuture(
          jobs.stream().map(job -> Objects.requireNonNull(found.get(job))).toList());
    }
    long job = missing.get();
    return files
        .ofTrainings(List.of(job), ArtifactKind.PREDICTIONS)
        .compose(
            stored ->
                Optional.ofNullable(stored.get(job))
                    .map(file -> lost(file))
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                new NoSuchElementException(
                                    "Job %d stored no predictions.".formatted(job)))));
  }

  /** Says why a file could not be read. */
  private Future<List<SeenImages>> lost(ArtifactRow file) {
    return Futures.of(vertx, artifacts.intact(file))
        .compose(
            found ->
                Future.failedFuture(new IllegalStateException("was lost, and is here: " + found)));
  }

  private Future<Boolean> pictured(Images images) {
    Future<Optional<String>> measured =
        images
            .split()
            .map(
                training ->
                    Futures.of(
                        vertx,
                        database.read(
                            tables ->
                                RunReport.datasetChecksum(tables.artifacts().ofJob(training)))))
            .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    return measured.compose(
        checksum ->
            vertx.executeBlocking(
                () -> {
                  Optional<String> now = checksum(images.dataset());
                  return now.isPresent()
                      && checksum.filter(was -> !now.equals(Optional.of(was))).isEmpty();
                },
                false));
  }

  private Optional<String> checksum(String dataset) {
    try {
      return datasets.facts(dataset).map(DatasetFacts::checksum);
    } catch (DamagedException e) {
      // What was seen in its images is known all the same.
      return Optional.empty();
    }
  }
}
