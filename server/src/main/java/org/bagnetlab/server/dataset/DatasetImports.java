package org.bagnetlab.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.engine.EngineProcess;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.vision.staging.StagedFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports uploaded data sets, one at a time and each in a process of its own: images come from
 * anywhere, and decoding them must not take the server's memory. An import outlives the connection
 * that its file came by; how it ended is known for an hour. For any thread.
 */
public final class DatasetImports {

  private static final Logger LOG = LoggerFactory.getLogger(DatasetImports.class);

  /** As many images as are allowed take a few hours on a slow disk. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration ENDED_KEPT = Duration.ofHours(1);
  private static final int MOST_ENDED = 20;

  private final WorkerExecutor waiting;
  private final Vertx vertx;
  private final WorkerLauncher launcher;
  private final Path datasets;
  private final Clock clock;
  private final Map<String, Import> imports = new LinkedHashMap<>();

  /** One import; its state is guarded by the outer object. */
  private static final class Import {

    private final Path folder;
    private final Path file;
    private final Promise<Void> cancelled = Promise.promise();
    private UploadedDataset known;

    Import(UploadedDataset known, Path folder, Path file) {
      this.known = known;
      this.folder = folder;
      this.file = file;
    }
  }

  /** Imports with processes of a launcher. One for each data directory. */
  public DatasetImports(
      Vertx vertx, WorkerLauncher launcher, DataDirectory directory, Clock clock) {
    this.vertx = vertx;
    this.launcher = launcher;
    this.datasets = directory.datasets();
    this.clock = clock;
    this.waiting =
        vertx.createSharedWorkerExecutor(
            "dataset-imports", 1, LONGEST.toSeconds() + 60, TimeUnit.SECONDS);
    waiting
        .executeBlocking(this::discardUnfinished, false)
        .onFailure(failure -> LOG.warn("Cannot remove what unfinished imports left", failure));
  }

  /** What imports of a server that was killed have left. */
  private Path discardUnfinished() throws IOException {
    StagedFolder.discardOwned(datasets);
    return datasets;
  }

  /**
   * Imports a file when its turn comes.
   *
   * @param folder of the file alone, deleted at the end
   * @param done runs at the end, however it ends
   */
  public synchronized UploadedDataset add(
      String name, Path folder, Path file, long bytes, Runnable done) {
    UploadedDataset uploaded =
        new UploadedDataset(
            name,
            String.valueOf(file.getFileName()),
            bytes,
            clock.instant(),
            new ImportState.Waiting());
    Import added = new Import(uploaded, folder, file);
    imports.remove(name);
    imports.put(name, added);
    waiting
        .executeBlocking(() -> run(added), false)
        .onFailure(failure -> LOG.error("The import of {} could not be ended", name, failure))
        .onComplete(ended -> done.run());
    return uploaded;
  }

  /** The time by the clock of these imports. */
  public Instant now() {
    return clock.instant();
  }

  /** Whether an import under this name has not ended. */
  public synchronized boolean busy(String name) {
    Import known = imports.get(name);
    return known != null && !known.known.state().ended();
  }

  /** All that are known, in the order in which they were received. */
  public synchronized List<UploadedDataset> list() {
    forget();
    return imports.values().stream().map(each -> each.known).toList();
  }

  /** The last import under a name. */
  public synchronized Optional<UploadedDataset> find(String name) {
    forget();
    return Optional.ofNullable(imports.get(name)).map(each -> each.known);
  }

  /** Forgets the oldest of those that have ended. */
  private void forget() {
    Instant before = clock.instant().minus(ENDED_KEPT);
    imports.values().removeIf(each -> endedAt(each).map(at -> at.isBefore(before)).orElse(false));
    long surplus =
        imports.values().stream().filter(each -> each.known.state().ended()).count() - MOST_ENDED;
    List<String> oldest =
        imports.values().stream()
            .filter(each -> each.known.state().ended())
            .limit(Math.max(0, surplus))
            .map(each -> each.known.name())
            .toList();
    oldest.forEach(imports::remove);
  }

  private static Optional<Instant> endedAt(Import each) {
    ImportState state = each.known.state();
    if (state instanceof ImportState.Succeeded succeeded) {
      return Optional.of(succeeded.at());
    }
    return state instanceof ImportState.Failed failed ? Optional.of(failed.at()) : Optional.empty();
  }

  /**
   * Cancels an import, or forgets how it ended.
   *
   * @return whether there was one
   */
  public Future<Boolean> cancel(String name) {
    Optional<Import> removed = removed(name);
    if (removed.isEmpty()) {
      return Future.succeededFuture(false);
    }
    removed.get().cancelled.tryComplete();
    // It may wait for its turn for long, and the disk be full.
    return vertx.executeBlocking(
        () -> {
          FileTree.delete(removed.get().folder);
          return true;
        },
        false);
  }

  private synchronized Optional<Import> removed(String name) {
    return Optional.ofNullable(imports.remove(name));
  }

  private Path run(Import asked) throws IOException, InterruptedException {
    try {
      if (!asked.cancelled.future().isComplete()) {
        settle(asked, new ImportState.Running(clock.instant(), 0, 0));
        settle(asked, new ImportState.Succeeded(clock.instant(), imported(asked)));
      }
    } catch (EngineFailure e) {
      if (e.family() == ErrorFamily.INTERNAL_ERROR && !asked.cancelled.future().isComplete()) {
        LOG.error("The import of {} failed: {}", asked.known.name(), e.getMessage());
        e.said().forEach(line -> LOG.error("import: {}", line));
      }
      settle(asked, failed(e.code(), String.valueOf(e.getMessage())));
    } catch (IOException | RuntimeException e) {
      LOG.error("The import of {} failed", asked.known.name(), e);
      settle(asked, failed("internal-error", "Internal error; see the server's log."));
    } finally {
      FileTree.delete(asked.folder);
    }
    return asked.folder;
  }

  private ImportState failed(String code, String message) {
    return new ImportState.Failed(
        clock.instant(), code, message.lines().map(String::strip).toList());
  }

  private JsonNode imported(Import asked) throws IOException, InterruptedException {
    String staged = StagedFolder.ownedName();
    EngineRequest request =
        new EngineRequest.ImportDataset(
            asked.known.name(), asked.file.toString(), datasets.toString(), staged);
    try (EngineProcess reader =
        EngineProcess.start(launcher, EngineProcess.READER, request).within(LONGEST)) {
      asked.cancelled.future().onComplete(cancelled -> reader.end());
      try {
        return reader.answer((done, total) -> progressed(asked, done, total));
      } finally {
        reader.await();
      }
    } finally {
      StagedFolder.discard(datasets, staged);
    }
  }

  private synchronized void progressed(Import asked, int done, int total) {
    if (asked.known.state() instanceof ImportState.Running running) {
      asked.known = asked.known.with(new ImportState.Running(running.startedAt(), done, total));
    }
  }

  private synchronized void settle(Import asked, ImportState state) {
    asked.known = asked.known.with(state);
  }
}
