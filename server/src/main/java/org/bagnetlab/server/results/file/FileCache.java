package org.bagnetlab.server.results.file;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.storage.artifact.ArtifactRow;

/**
 * Reads one kind of file that trainings write, and caches the most recently used contents.
 *
 * @param <T> the contents of a file
 */
public final class FileCache<T> {

  /** Reads the file of a training. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(long run, Path file) throws IOException;
  }

  private record Remembered<T>(T content, int size) {}

  private final StoredFiles files;
  private final ArtifactKind kind;
  private final Reader<T> reader;
  private final ToIntFunction<T> size;
  private final int most;

  /** In order of use, the most recent last. */
  private final Map<Long, Remembered<T>> remembered = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates an empty cache.
   *
   * @param size returns the size of a file's contents
   * @param most maximum total size; larger files are not cached
   */
  public FileCache(
      StoredFiles files, ArtifactKind kind, Reader<T> reader, ToIntFunction<T> size, int most) {
    this.files = files;
    this.kind = kind;
    this.reader = reader;
    this.size = size;
    this.most = most;
  }

  private Optional<T> known(long run) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(run)).map(Remembered::content);
    }
  }

  private void remember(long run, T content) {
    int added = size.applyAsInt(content);
    if (added > most) {
      return;
    }
    synchronized (remembered) {
      remembered.put(run, new Remembered<>(content, added));
      int sum = remembered.values().stream().mapToInt(Remembered::size).sum();
      Iterator<Remembered<T>> eldest = remembered.values().iterator();
      while (sum > most) {
        sum -= eldest.next().size();
        eldest.remove();
      }
    }
  }

  /**
   * What a job wrote; empty: it wrote no such file. Fails with {@link
   * org.bagnetlab.storage.file.ArtifactLost} if that is lost.
   */
  public Future<Optional<T>> find(long job) {
    Optional<T> known = known(job);
    if (known.isPresent()) {
      return Future.succeededFuture(known);
    }
    return files
        .ofJobs(List.of(job), kind)
        .compose(
            stored ->
                Optional.ofNullable(stored.get(job))
                    .map(file -> read(file).map(Optional::of))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  /** What some trainings wrote, by their numbers; those without a file are left out. */
  public Future<Map<Long, T>> of(List<Long> runs) {
    Map<Long, T> known = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (long run : runs) {
      known(run).ifPresentOrElse(found -> known.put(run, found), () -> unknown.add(run));
    }
    return files
        .ofJobs(unknown, kind)
        .compose(
            stored -> {
              // One after another: their readers share the disk, and a study has dozens.
              Future<Map<Long, T>> all = Future.succeededFuture(known);
              for (ArtifactRow file : stored.values()) {
                all = all.compose(before -> add(file, before));
              }
              return all;
            });
  }

  private Future<Map<Long, T>> add(ArtifactRow file, Map<Long, T> before) {
    return StoredFiles.unlessLost(read(file))
        .map(
            found -> {
              found.ifPresent(content -> before.put(file.job(), content));
              return before;
            });
  }

  private Future<T> read(ArtifactRow file) {
    return files
        .readIntact(file, path -> reader.read(file.job(), path))
        .onSuccess(content -> remember(file.job(), content));
  }
}
