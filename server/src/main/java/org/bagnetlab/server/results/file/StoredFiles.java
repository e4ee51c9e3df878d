package org.bagnetlab.server.results.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactLost;
import org.bagnetlab.storage.file.ArtifactStore;

/** Reads the files that jobs stored for runs. Its methods block. */
public final class StoredFiles {

  /** Reads a file, given its row or its path. */
  @FunctionalInterface
  public interface Reader<F, T> {
    T read(F file) throws IOException;
  }

  private final Database database;
  private final ArtifactStore artifacts;

  /** Reads files of this store, which are listed in this database. */
  public StoredFiles(Database database, ArtifactStore artifacts) {
    this.database = database;
    this.artifacts = artifacts;
  }

  /** Reads from the database. */
  public <T> T query(Function<Tables, T> query) {
    return result(database.read(query));
  }

  /**
   * Waits for the result of work on another thread. Throws the original exception if the work
   * failed.
   */
  private static <T> T result(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException original ? original : e;
    }
  }

  /** The newest file of this kind that each of these jobs wrote, by job. */
  Map<Long, ArtifactRow> ofJobs(List<Long> jobs, ArtifactKind kind) {
    return query(
        tables -> {
          Map<Long, ArtifactRow> files = new LinkedHashMap<>();
          ofKind(tables.artifacts().ofJobs(jobs), kind).forEach(row -> files.put(row.job(), row));
          return files;
        });
  }

  /**
   * The files of a kind that an experiment stored for runs on their own test images, the oldest
   * first, each with its run.
   */
  public Map<ArtifactRow, Long> about(List<Long> runs, String experiment, ArtifactKind kind) {
    return query(
        tables -> {
          Map<Long, Long> jobs = new HashMap<>();
          for (long run : runs) {
            tables.jobs().succeededAbout(run, experiment).forEach(job -> jobs.put(job, run));
          }
          return onOwnTestImages(tables.artifacts().ofJobs(List.copyOf(jobs.keySet())), jobs, kind);
        });
  }

  /**
   * Selects the files of a kind that were measured on the runs' own test images.
   *
   * @param jobs the run of each job
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

  /** The newest of these files that has this kind, if there is one. */
  public static Optional<ArtifactRow> newest(List<ArtifactRow> written, ArtifactKind kind) {
    return ofKind(written, kind).stream().reduce((first, last) -> last);
  }

  /**
   * Reads a file.
   *
   * @throws ArtifactLost if it is missing or changed
   */
  public <T> T readIntact(ArtifactRow file, Reader<Path, T> reader) throws IOException {
    return reader.read(result(artifacts.intact(file)));
  }

  /**
   * Reads several files. Lost files are left out, so that the results of other runs are still
   * shown.
   */
  public static <T> Map<ArtifactRow, T> readAll(
      Collection<ArtifactRow> files, Reader<ArtifactRow, T> reader) throws IOException {
    Map<ArtifactRow, T> contents = new LinkedHashMap<>();
    for (ArtifactRow file : files) {
      try {
        contents.put(file, reader.read(file));
      } catch (ArtifactLost e) {
        // The run is shown without this file.
      }
    }
    return contents;
  }
}
