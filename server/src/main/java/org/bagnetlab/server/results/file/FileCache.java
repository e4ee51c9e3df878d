package org.bagnetlab.server.results.file;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kind of file that trainings write, and caches recently used files.
 *
 * @param <T> the type of the contents of a file
 */
public final class FileCache<T> {

  /** Reads the contents of a training's file. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(long run, Path file) throws IOException;
  }

  private final StoredFiles files;
  private final ArtifactKind kind;
  private final Reader<T> reader;
  private final Cache<Long, T> contents;

  /**
   * Creates an empty cache.
   *
   * @param size returns the size of the contents of a file
   * @param most maximum total size; larger files are not cached
   */
  public FileCache(
      StoredFiles files, ArtifactKind kind, Reader<T> reader, ToIntFunction<T> size, int most) {
    this.files = files;
    this.kind = kind;
    this.reader = reader;
    // Evicts entries immediately: a single file can be as large as the whole cache.
    this.contents =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(most)
            .weigher((Long run, T content) -> size.applyAsInt(content))
            .build();
  }

  /**
   * The contents of the file of a job. Empty if the job wrote none. Blocks.
   *
   * @throws org.bagnetlab.storage.file.ArtifactLost if the file is lost
   */
  public Optional<T> find(long job) throws IOException {
    Optional<T> known = Optional.ofNullable(contents.getIfPresent(job));
    @Nullable ArtifactRow file =
        known.isPresent() ? null : files.ofJobs(List.of(job), kind).get(job);
    return file == null ? known : Optional.of(read(file));
  }

  /**
   * The contents of the files of several trainings, by training. Trainings without a file are left
   * out. Blocks.
   */
  public Map<Long, T> of(List<Long> runs) throws IOException {
    Map<Long, T> found = new HashMap<>(contents.getAllPresent(runs));
    List<Long> unknown = runs.stream().filter(run -> !found.containsKey(run)).toList();
    StoredFiles.readAll(files.ofJobs(unknown, kind).values(), this::read)
        .forEach((file, content) -> found.put(file.job(), content));
    return found;
  }

  /**
   * The contents of a file. Blocks.
   *
   * @throws org.bagnetlab.storage.file.ArtifactLost if it is lost
   */
  public T of(ArtifactRow file) throws IOException {
    @Nullable T known = contents.getIfPresent(file.job());
    return known == null ? read(file) : known;
  }

  private T read(ArtifactRow file) throws IOException {
    T content = files.readIntact(file, path -> reader.read(file.job(), path));
    contents.put(file.job(), content);
    return content;
  }
}
