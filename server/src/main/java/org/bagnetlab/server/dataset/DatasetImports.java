package org.bagnetlab.server.dataset;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.engine.EngineFailure;
import org.bagnetlab.server.engine.EngineProcess;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.vision.dataset.store.DatasetImported;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.staging.StagedFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports uploaded data sets, one at a time and each in a separate process: images are untrusted,
 * and decoding them must not take the server's memory. An import continues after the connection of
 * its upload is closed, and a waiting import survives a restart of the server. The outcome of an
 * import is kept for an hour. Thread-safe.
 */
public final class DatasetImports {

  private static final Logger LOG = LoggerFactory.getLogger(DatasetImports.class);

  /** Time limit of an import. The maximum number of images takes a few hours on a slow disk. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration ENDED_KEPT = Duration.ofHours(1);
  private static final int MOST_ENDED = 20;

  private final WorkerExecutor waiting;
  private final Vertx vertx;
  private final WorkerLauncher launcher;
  private final Path datasets;
  private final DatasetStore store;
  private final ReceivedFiles received;
  private final Clock clock;
  private final Map<String, Import> imports = new LinkedHashMap<>();
  private final List<ReceivedFiles.Left> resumable;

  /** The outcome of a request to cancel an import. */
  public enum Cancellation {
    /** No import has this name. */
    UNKNOWN,
    /** The import was cancelled; or it had ended, and its outcome was discarded. */
    DONE,
    /** The data set had just been imported. */
    TOO_LATE
  }

  /** One import. Its state is guarded by the lock of the enclosing object. */
  private static final class Import {

    private final Path folder;
    private final Runnable done;
    private final Promise<Void> cancelled = Promise.promise();
    private final CompletableFuture<Cancellation> over = new CompletableFuture<>();
    private UploadedDataset known;

    /** Whether its cancellation was requested while it runs. */
    private boolean unwanted;

    /** Whether it will not run any more, because it was cancelled while it waited, or has ended. */
    private volatile boolean forgotten;

    Import(UploadedDataset known, Path folder, Runnable done) {
      this.known = known;
      this.folder = folder;
      this.done = done;
    }

    Path file() {
      return folder.resolve(known.source());
    }
  }

  /**
   * Creates imports whose processes are started by a launcher. Create only one instance for each
   * data directory. Blocks.
   */
  public DatasetImports(
      Vertx vertx, WorkerLauncher launcher, DataDirectory directory, Clock clock) {
    this.vertx = vertx;
    this.launcher = launcher;
    this.datasets = directory.datasets();
    this.store = new DatasetStore(datasets);
    this.received = new ReceivedFiles(directory.received());
    this.clock = clock;
    List<ReceivedFiles.Left> left = received.left();
    this.resumable = left.stream().filter(ReceivedFiles.Left::resumable).toList();
    left.stream().filter(each -> !each.resumable()).forEach(this::reportInterrupted);
    this.waiting =
        vertx.createSharedWorkerExecutor(
            "dataset-imports", 1, LONGEST.toSeconds() + 60, TimeUnit.SECONDS);
    waiting
        .executeBlocking(this::discardUnfinished, false)
        .onFailure(failure -> LOG.warn("Cannot remove what unfinished imports left", failure));
  }

  /**
   * Reports an import that was interrupted by the end of an earlier server as failed, unless it had
   * just succeeded.
   */
  private void reportInterrupted(ReceivedFiles.Left left) {
    UploadedDataset uploaded = left.uploaded();
    if (store.imported(uploaded.name())) {
      return;
    }
    String why =
        left.begun()
            ? "The server was restarted during the import. Upload the file again."
            : "The server was restarted before the import, and lacks a part of the file. Upload the"
                + " file again.";
    ImportState failed = new ImportState.Failed(clock.instant(), "server-restarted", List.of(why));
    put(new Import(uploaded.with(failed), left.folder(), () -> {}));
  }

  /**
   * Imports the files that were waiting when an earlier server ended, in the order in which they
   * were received.
   *
   * @param importing receives each file's size, and returns a task to run at the end of its import
   */
  public void resume(LongFunction<Runnable> importing) {
    for (ReceivedFiles.Left each : resumable) {
      UploadedDataset uploaded = each.uploaded();
      begin(new Import(uploaded, each.folder(), importing.apply(uploaded.bytes())));
    }
  }

  /** Deletes the files left behind by imports of a server that was killed. */
  private Path discardUnfinished() throws IOException {
    StagedFolder.discardOwned(datasets);
    return datasets;
  }

  /**
   * Adds a file to the queue of imports. Blocks.
   *
   * @param folder folder that contains only the file; it is deleted at the end
   * @param done called at the end, whether the import succeeds or fails; may be called twice
   */
  public UploadedDataset add(String name, Path folder, Path file, long bytes, Runnable done)
      throws IOException {
    UploadedDataset uploaded =
        new UploadedDataset(
            name,
            String.valueOf(file.getFileName()),
            bytes,
            clock.instant(),
            new ImportState.Waiting());
    begin(new Import(uploaded, received.add(uploaded, folder), done));
    return uploaded;
  }

  private void begin(Import added) {
    put(added);
    String name = added.known.name();
    waiting
        .executeBlocking(() -> run(added), false)
        .onFailure(failure -> LOG.error("The import of {} could not be ended", name, failure));
  }

  private synchronized void put(Import added) {
    imports.remove(added.known.name());
    imports.put(added.known.name(), added);
  }

  /** The current time of the clock used for imports. */
  public Instant now() {
    return clock.instant();
  }

  /** Whether an import with this name is waiting or running. */
  public synchronized boolean busy(String name) {
    Import known = imports.get(name);
    return known != null && !known.known.state().ended();
  }

  /** All known imports, in the order in which they were received. */
  public synchronized List<UploadedDataset> list() {
    forget();
    return imports.values().stream().map(each -> each.known).toList();
  }

  /** The last import with a name. */
  public synchronized Optional<UploadedDataset> find(String name) {
    forget();
    return Optional.ofNullable(imports.get(name)).map(each -> each.known);
  }

  /** Discards the outcomes of the oldest ended imports. */
  private void forget() {
    Instant before = clock.instant().minus(ENDED_KEPT);
    imports
        .values()
        .removeIf(
            each -> each.known.state().endedAt().filter(at -> at.isBefore(before)).isPresent());
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

  /**
   * Cancels an import, or discards its outcome if it has ended. The future completes once the
   * process of the import has ended.
   */
  public Future<Cancellation> cancel(String name) {
    Optional<Import> known = cancelled(name);
    if (known.isEmpty()) {
      return Future.succeededFuture(Cancellation.UNKNOWN);
    }
    Import asked = known.get();
    if (asked.forgotten) {
      // Deletes its file now and not when its turn comes, which may be much later, because the disk
      // may be full.
      return vertx.executeBlocking(() -> discarded(asked), false);
    }
    asked.cancelled.tryComplete();
    return Futures.of(vertx, asked.over);
  }

  private synchronized Optional<Import> cancelled(String name) {
    @Nullable Import known = imports.get(name);
    if (known == null) {
      return Optional.empty();
    }
    if (known.known.state() instanceof ImportState.Running) {
      known.unwanted = true;
    } else {
      imports.remove(name);
      known.forgotten = true;
    }
    return Optional.of(known);
  }

  private Cancellation discarded(Import asked) throws IOException {
    try {
      FileTree.delete(asked.folder);
    } finally {
      received.remove(asked.folder);
      asked.done.run();
    }
    return Cancellation.DONE;
  }

  private Path run(Import asked) throws IOException {
    if (!began(asked)) {
      return asked.folder;
    }
    received.begin(asked.folder);
    boolean stopping = false;
    ImportState end = internalError();
    try {
      end = outcome(asked);
    } catch (InterruptedException e) {
      // The server is stopping; the next one reports the outcome of this import.
      stopping = true;
    } finally {
      ended(asked, end, stopping);
    }
    return asked.folder;
  }

  private synchronized boolean began(Import asked) {
    if (!asked.forgotten) {
      asked.known = asked.known.with(new ImportState.Running(clock.instant(), 0, 0));
    }
    return !asked.forgotten;
  }

  private ImportState outcome(Import asked) throws InterruptedException {
    String name = asked.known.name();
    boolean wasThere = store.imported(name);
    try {
      DatasetImported imported = imported(asked);
      return new ImportState.Succeeded(clock.instant(), imported);
    } catch (EngineFailure e) {
      return switch (e.family()) {
        case USER_ERROR -> failed(e);
        case INSUFFICIENT_RESOURCES, EXTERNAL -> moved(name, wasThere).orElseGet(() -> failed(e));
        case INTERNAL_ERROR ->
            moved(name, wasThere)
                .orElseGet(
                    () -> {
                      log(asked, e);
                      return internalError();
                    });
      };
    } catch (IOException | RuntimeException e) {
      LOG.error("The import of {} failed", name, e);
      return moved(name, wasThere).orElseGet(this::internalError);
    }
  }

  private static void log(Import asked, EngineFailure failure) {
    if (!asked.cancelled.future().isComplete()) {
      LOG.error("The import of {} failed: {}", asked.known.name(), failure.getMessage());
      failure.said().forEach(line -> LOG.error("import: {}", line));
    }
  }

  /**
   * The success of an import whose process moved the data set into place, but ended before
   * reporting this.
   */
  private Optional<ImportState> moved(String name, boolean wasThere) {
    if (wasThere) {
      return Optional.empty();
    }
    try {
      return store
          .facts(name)
          .map(
              facts ->
                  new ImportState.Succeeded(
                      clock.instant(), new DatasetImported(facts, List.of())));
    } catch (DamagedException e) {
      LOG.error("The import of {} left a damaged data set", name, e);
      return Optional.empty();
    }
  }

  private ImportState failed(EngineFailure failure) {
    return new ImportState.Failed(
        clock.instant(),
        failure.code(),
        String.valueOf(failure.getMessage()).lines().map(String::strip).toList());
  }

  private ImportState internalError() {
    return new ImportState.Failed(
        clock.instant(), "internal-error", List.of("Internal error; see the server's log."));
  }

  private void ended(Import asked, ImportState end, boolean stopping) throws IOException {
    try {
      FileTree.delete(asked.folder);
    } finally {
      if (!stopping) {
        received.remove(asked.folder);
      }
      asked.done.run();
      asked.over.complete(settled(asked, end));
    }
  }

  private synchronized Cancellation settled(Import asked, ImportState end) {
    asked.known = asked.known.with(end);
    if (end instanceof ImportState.Succeeded) {
      return Cancellation.TOO_LATE;
    }
    if (asked.unwanted) {
      imports.remove(asked.known.name(), asked);
    }
    return Cancellation.DONE;
  }

  private DatasetImported imported(Import asked) throws IOException, InterruptedException {
    String staged = StagedFolder.ownedName();
    EngineRequest request =
        new EngineRequest.ImportDataset(
            asked.known.name(), asked.file().toString(), datasets.toString(), staged);
    try (EngineProcess reader =
        EngineProcess.start(launcher, EngineProcess.READER, request).within(LONGEST)) {
      asked.cancelled.future().onComplete(cancelled -> reader.end());
      try {
        return Json.MAPPER.treeToValue(
            reader.answer((done, total) -> progressed(asked, done, total)), DatasetImported.class);
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
}
