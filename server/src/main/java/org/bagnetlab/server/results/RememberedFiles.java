package org.bagnetlab.server.results;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.storage.artifact.ArtifactRow;

/**
 * Reads the files of a kind that trainings wrote, and remembers the last that were asked for.
 *
 * @param <T> what is in a file
 */
final class RememberedFiles<T> {

  /** Reads the file of a training. */
  @FunctionalInterface
  interface Reader<T> {
    T read(long run, Path file) throws IOException;
  }

  private final StoredFiles files;
  private final ArtifactKind kind;
  private final Reader<T> reader;
  private final Map<Long, T> remembered;

  /**
   * None is remembered yet.
   *
   * @param size of what is in a file
   * @param most of all that is remembered together, unless one file alone has more
   */
  RememberedFiles(
      StoredFiles files, ArtifactKind kind, Reader<T> reader, ToIntFunction<T> size, int most) {
    this.files = files;
    this.kind = kind;
    this.reader = reader;
    this.remembered =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
                return size() > 1 && values().stream().mapToInt(size).sum() > most;
              }
            });
  }

  /** What some trainings wrote, by their numbers; those without a file are left out. */
  Future<Map<Long, T>> of(List<Long> runs) {
    Map<Long, T> known = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (long run : runs) {
      Optional.ofNullable(remembered.get(run))
          .ifPresentOrElse(found -> known.put(run, found), () -> unknown.add(run));
    }
    return files
        .ofTrainings(unknown, kind)
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
    return files
        .read(file, path -> reader.read(file.job(), path))
        .map(
            found -> {
              found.ifPresent(
                  content -> {
                    remembered.put(file.job(), content);
                    before.put(file.job(), content);
                  });
              return before;
            });
  }
}
