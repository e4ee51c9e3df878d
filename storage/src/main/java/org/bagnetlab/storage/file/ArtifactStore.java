package org.bagnetlab.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.StorageThreads;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts files of workers, and ensures that each row has its file: the file is verified, synced to
 * disk and renamed into place before its row is written, and deleted after its row. Files left by a
 * crash between these steps are listed in {@link DeletionTable}, and {@link UnknownFiles} deletes
 * them. Files whose row could not be written are deleted as soon as the database responds, since
 * the disk may be full.
 */
public final class ArtifactStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArtifactStore.class);

  /** Time until a database that does not respond is queried again. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final int READERS = 2;

  private final Path root;
  private final Database database;
  private final Duration retry;

  /** Names reserved for files that are being moved into place. */
  private final Set<Path> reserved = ConcurrentHashMap.newKeySet();

  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(StorageThreads.named("artifacts"));

  /** Threads that read files while another file is taken over. */
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, StorageThreads.named("artifact-reader"));

  private final VerifiedFiles verified = new VerifiedFiles();

  /** Completes when files whose rows are gone may be deleted. */
  private volatile CompletableFuture<?> released = CompletableFuture.completedFuture(true);

  /** A store for this directory, with its rows in this database. */
  public ArtifactStore(DataDirectory directory, Database database) {
    this(directory, database, RETRY);
  }

  ArtifactStore(DataDirectory directory, Database database, Duration retry) {
    this.root = directory.artifacts();
    this.database = database;
    this.retry = retry;
  }

  /**
   * Moves a file out of a worker's directory. In one transaction it gets a new ID and replaces the
   * file given in the claim, any file with the same name, and the outdated ones.
   *
   * @param outdated selects the job's artifacts that this one supersedes
   * @param committed receives the artifact in the order of the database's commits
   * @return the artifact; fails with {@link ArtifactRefused} if the claim is wrong
   */
  public CompletableFuture<ArtifactRow> takeOver(
      long job,
      Path workerDirectory,
      ArtifactClaim claim,
      Instant at,
      UnaryOperator<List<ArtifactRow>> outdated,
      Consumer<ArtifactRow> committed) {
    return onDisk(() -> reserve(job, workerDirectory, claim))
        .thenCompose(
            place ->
                announce(place.target())
                    .thenCompose(announced -> onDisk(() -> move(place.source(), place.target())))
                    .thenCompose(file -> stored(job, claim, file, at, outdated, committed))
                    .whenComplete((taken, failure) -> reserved.remove(place.target())))
        .thenCompose(taken -> deleteFiles(taken.replaced()).thenApply(deleted -> taken.row()));
  }

  /**
   * Moves files into place for a job that is not stored yet. The caller must store the returned
   * rows together with the job, or delete the files; after a crash the next server deletes them.
   *
   * @param job the reserved ID of the job
   * @param directory of the files
   * @param at when the files were accepted
   * @return fails with {@link ArtifactRefused} if a claim is wrong
   */
  public CompletableFuture<List<ArtifactRow>> place(
      long job, Path directory, List<ArtifactClaim> claims, Instant at) {
    List<ArtifactRow> rows = new ArrayList<>();
    CompletableFuture<List<ArtifactRow>> placed = CompletableFuture.completedFuture(rows);
    for (ArtifactClaim claim : claims) {
      placed =
          placed.thenCompose(
              before ->
                  inPlace(job, directory, claim)
                      .thenApply(
                          file -> {
                            before.add(row(job, claim, file, at));
                            return before;
                          }));
    }
    return placed.exceptionallyCompose(
        failure ->
            deleteFiles(List.copyOf(rows))
                .thenCompose(deleted -> CompletableFuture.failedFuture(failure)));
  }

  private CompletableFuture<Path> inPlace(long job, Path directory, ArtifactClaim claim) {
    return onDisk(() -> reserve(job, directory, claim))
        .thenCompose(
            place ->
                announce(place.target())
                    .thenCompose(announced -> onDisk(() -> move(place.source(), place.target())))
                    .whenComplete((moved, failure) -> reserved.remove(place.target())));
  }

  /** Writes the row of a file already in place; if that fails, the file is deleted. */
  private CompletableFuture<Taken> stored(
      long job,
      ArtifactClaim claim,
      Path file,
      Instant at,
      UnaryOperator<List<ArtifactRow>> outdated,
      Consumer<ArtifactRow> committed) {
    return writeRow(job, claim, file, at, outdated, committed)
        .exceptionallyCompose(
            failure ->
                deleteUnlessNamed(file)
                    .thenCompose(done -> CompletableFuture.failedFuture(failure)));
  }

  private record Place(Path source, Path target) {}

  private Place reserve(long job, Path workerDirectory, ArtifactClaim claim) throws IOException {
    Path source = ClaimedFile.verified(workerDirectory, claim);
    return new Place(source, free(job, claim.path().replace('/', '-')));
  }

  /** Records that a file without a row may be deleted. */
  private CompletableFuture<Path> announce(Path file) {
    return database.write(
        tables -> {
          tables.deletions().addArtifact(root.relativize(file).toString());
          return file;
        });
  }

  private CompletableFuture<Taken> writeRow(
      long job,
      ArtifactClaim claim,
      Path file,
      Instant at,
      UnaryOperator<List<ArtifactRow>> outdated,
      Consumer<ArtifactRow> committed) {
    return database.writeThrough(
        tables -> {
          List<ArtifactRow> replaced = new ArrayList<>();
          Stream.concat(Stream.of(claim.path()), claim.replaces().stream())
              .flatMap(name -> tables.artifacts().remove(job, name).stream())
              .forEach(replaced::add);
          ArtifactRow row = tables.artifacts().insert(row(job, claim, file, at));
          for (ArtifactRow old : outdated.apply(tables.artifacts().ofJob(job))) {
            tables.artifacts().remove(old.id());
            replaced.add(old);
          }
          return new Taken(row, replaced);
        },
        taken -> committed.accept(taken.row()));
  }

  /**
   * Deletes a file if its row was not written. A commit that failed may nevertheless be on the
   * disk. Only the database can tell, and it may not respond yet.
   */
  private CompletableFuture<?> deleteUnlessNamed(Path file) {
    String name = root.relativize(file).toString();
    return database
        .read(tables -> tables.artifacts().files().contains(name))
        .thenCompose(
            named ->
                named
                    ? CompletableFuture.completedFuture(false)
                    : onDisk(() -> Files.deleteIfExists(file)))
        .exceptionally(
            failure -> {
              LOG.warn("{} may have no row; checking again: {}", file, failure.getMessage());
              var _ =
                  CompletableFuture.runAsync(
                          () -> {},
                          CompletableFuture.delayedExecutor(
                              retry.toMillis(), TimeUnit.MILLISECONDS))
                      .thenCompose(now -> deleteUnlessNamed(file));
              return false;
            });
  }

  private record Taken(ArtifactRow row, List<ArtifactRow> replaced) {}

  private ArtifactRow row(long job, ArtifactClaim claim, Path file, Instant at) {
    return new ArtifactRow(
        0,
        job,
        claim.output(),
        claim.kind(),
        claim.path(),
        root.relativize(file).toString(),
        claim.mediaType(),
        claim.sha256(),
        claim.size(),
        claim.facts(),
        at);
  }

  private Path free(long job, String name) throws IOException {
    Path directory = root.resolve(Long.toString(job));
    if (!Files.exists(directory)) {
      Files.createDirectories(directory);
      FileTree.sync(root);
    }
    Path file = directory.resolve(name);
    for (int number = 2; Files.exists(file) || !reserved.add(file); number++) {
      file = directory.resolve(number + "-" + name);
    }
    return file;
  }

  private static Path move(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    Path directory = target.getParent();
    if (directory != null) {
      FileTree.sync(directory);
    }
    return target;
  }

  /**
   * Reads an artifact's whole file.
   *
   * @return its damage; empty if it is intact. Fails if this cannot be determined: a file that
   *     cannot be read now may be intact, for example on an unavailable network file system
   */
  public CompletableFuture<Optional<String>> check(ArtifactRow artifact) {
    return onDisk(() -> problem(artifact));
  }

  private Optional<String> problem(ArtifactRow artifact) throws IOException {
    Path file = file(artifact);
    long size;
    try {
      size = Files.size(file);
    } catch (NoSuchFileException e) {
      return Optional.of("its file is missing");
    }
    if (size != artifact.size()) {
      return Optional.of("its file has %d bytes instead of %d".formatted(size, artifact.size()));
    }
    return ClaimedFile.digest(file).equals(artifact.sha256())
        ? Optional.empty()
        : Optional.of("its file has changed: the SHA-256 checksum differs");
  }

  /**
   * An artifact's file, verified unless it was not modified since the last check. Fails with {@link
   * ArtifactLost} if it is missing or changed.
   */
  public CompletableFuture<Path> intact(ArtifactRow artifact) {
    return on(
        readers,
        () -> {
          Optional<String> problem = verified.check(file(artifact), file -> problem(artifact));
          if (problem.isPresent()) {
            throw new ArtifactLost(artifact, problem.get());
          }
          return file(artifact);
        });
  }

  /** Whether an artifact's file exists with the stored size. Does not read it. */
  public boolean present(ArtifactRow artifact) {
    try {
      return Files.size(file(artifact)) == artifact.size();
    } catch (IOException e) {
      return false;
    }
  }

  /** The path of an artifact's file. */
  public Path file(ArtifactRow artifact) {
    return root.resolve(artifact.file());
  }

  /**
   * Keeps all files that have rows now for a reader, even if their rows are removed. If the server
   * crashes meanwhile, the next one carries out the deletions.
   *
   * @return carries out the postponed deletions when it is closed
   * @throws FilesKept if they are kept already
   */
  public synchronized Closeable keepFiles() {
    if (keepsFiles()) {
      throw new FilesKept();
    }
    CompletableFuture<Boolean> kept = new CompletableFuture<>();
    released = kept;
    return () -> kept.complete(true);
  }

  /** Whether the files of removed rows are kept. */
  public boolean keepsFiles() {
    return !released.isDone();
  }

  /** Deletes the files of artifacts whose rows are gone, or postpones that while files are kept. */
  public CompletableFuture<Integer> deleteFiles(List<ArtifactRow> forgotten) {
    if (forgotten.isEmpty()) {
      return CompletableFuture.completedFuture(0);
    }
    CompletableFuture<?> until = released;
    CompletableFuture<Integer> deleted = until.thenCompose(now -> deleteKeptFiles(forgotten));
    return until.isDone() ? deleted : CompletableFuture.completedFuture(forgotten.size());
  }

  private CompletableFuture<Integer> deleteKeptFiles(List<ArtifactRow> forgotten) {
    return onDisk(
            () -> {
              for (ArtifactRow artifact : forgotten) {
                Files.deleteIfExists(file(artifact));
              }
              return forgotten.size();
            })
        .thenApply(
            deleted -> {
              forgetDeletions(forgotten);
              return deleted;
            });
  }

  /** Runs in the background. If it fails, the next start finds no files and removes the entries. */
  private void forgetDeletions(List<ArtifactRow> deleted) {
    var _ =
        database.write(
            tables -> {
              deleted.forEach(artifact -> tables.deletions().removeArtifact(artifact.file()));
              return deleted;
            });
  }

  /** Deletes all files of a job whose rows are gone, as soon as they are not kept. */
  public CompletableFuture<Long> deleteFiles(long job) {
    return released.thenCompose(
        now ->
            onDisk(
                () -> {
                  FileTree.delete(root.resolve(Long.toString(job)));
                  return job;
                }));
  }

  private <T> CompletableFuture<T> onDisk(Callable<T> work) {
    return on(disk, work);
  }

  private static <T> CompletableFuture<T> on(ExecutorService threads, Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new StorageException("the artifact store failed: " + e.getMessage(), e);
          }
        },
        threads);
  }

  /** Waits for running work. The owner of the database must close it. */
  @Override
  public void close() {
    StorageThreads.finish(disk);
    StorageThreads.finish(readers);
  }
}
