package org.bagnetlab.server.results.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.file.ArtifactStore;

/** Reads the files that jobs stored about runs. */
public final class StoredFiles {

  /** Reads a file. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;

  /** Reads files in a store, which a database lists. */
  public StoredFiles(Vertx vertx, Database database, ArtifactStore artifacts) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
  }

  /** The newest file of a kind that each of these jobs wrote, by job. */
  Future<Map<Long, ArtifactRow>> ofJobs(List<Long> jobs, ArtifactKind kind) {
    return Futures.of(
        vertx,
        database.read(
            tables -> {
              Map<Long, ArtifactRow> files = new LinkedHashMap<>();
              ofKind(tables.artifacts().ofJobs(jobs), kind)
                  .forEach(row -> files.put(row.job(), row));
              return files;
            }));
  }

  /**
   * The files of a kind that an experiment stored about runs on their own test images, the oldest
   * first, with the run of each.
   */
  public Future<Map<ArtifactRow, Long>> about(
      List<Long> runs, String experiment, ArtifactKind kind) {
    return Futures.of(
        vertx,
        database.read(
            tables -> {
              Map<Long, Long> jobs = new HashMap<>();
              for (long run : runs) {
                tables.jobs().succeededAbout(run, experiment).forEach(job -> jobs.put(job, run));
              }
              return onOwnTestImages(
                  tables.artifacts().ofJobs(List.copyOf(jobs.keySet())), jobs, kind);
            }));
  }

  /**
   * Selects the files of a kind that are about the runs' own test images.
   *
   * @param jobs the run that each job is about
   */
  public static Map<ArtifactRow, Long> onOwnTestImages(
      List<ArtifactRow> written, Map<Long, Long> jobs, ArtifactKind kind) {
    Map<ArtifactRow, Long> files = new LinkedHashMap<>();
    ofKind(written, kind).stream()
        .filter(row -> !Facts.of(row).containsKey(OnImages.DATASET.name()))
        .forEach(row -> files.put(row, jobs.get(row.job())));
    return files;
  }

  /** The files of a kind, in the same order. */
  private static List<ArtifactRow> ofKind(List<ArtifactRow> written, ArtifactKind kind) {
    String name = Json.MAPPER.convertValue(kind, String.class);
    return written.stream().filter(row -> row.kind().equals(name)).toList();
  }

  /** The newest of these files that is of a kind, if there is one. */
  public static Optional<ArtifactRow> newest(List<ArtifactRow> written, ArtifactKind kind) {
    return ofKind(written, kind).stream().reduce((first, last) -> last);
  }

  /** Reads a file. Fails with {@link ArtifactLost}. */
  public <T> Future<T> readIntact(ArtifactRow file, Reader<T> reader) {
    return Futures.of(vertx, artifacts.intact(file))
        .compose(path -> vertx.executeBlocking(() -> reader.read(path), false));
  }

  /**
   * Reads files one after another, since they share the disk. Lost files are left out, so that the
   * results of other runs are still shown.
   */
  public static <T> Future<Map<ArtifactRow, T>> readAll(
      Collection<ArtifactRow> files, Function<ArtifactRow, Future<T>> reading) {
    Map<ArtifactRow, T> contents = new LinkedHashMap<>();
    Future<Map<ArtifactRow, T>> all = Future.succeededFuture(contents);
    for (ArtifactRow file : files) {
      all =
          all.compose(
              before ->
                  reading
                      .apply(file)
                      .map(
                          content -> {
                            contents.put(file, content);
                            return contents;
                          })
                      .recover(
                          failure ->
                              failure instanceof ArtifactLost
                                  ? Future.succeededFuture(contents)
                                  : Future.failedFuture(failure)));
    }
    return all;
  }
}
