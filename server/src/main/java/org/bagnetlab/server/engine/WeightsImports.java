package org.bagnetlab.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.queue.launch.WorkerLauncher;

/**
 * Imports weights in separate processes, one at a time. A file may be as large as the memory, or
 * crafted to keep its reader busy, and a training may be running at the same time.
 */
public final class WeightsImports {

  private final WorkerExecutor waiting;
  private final WorkerLauncher launcher;

  /**
   * Creates imports whose processes are started by a launcher. Create only one instance for each
   * {@code Vertx}.
   */
  public WeightsImports(Vertx vertx, WorkerLauncher launcher) {
    this.launcher = launcher;
    this.waiting =
        vertx.createSharedWorkerExecutor(
            "imports", 1, EngineProcess.READING.toSeconds() + 60, TimeUnit.SECONDS);
  }

  /**
   * Imports weights when all earlier requests are done. Fails with {@link EngineFailure}.
   *
   * @param abandoned completes when the client has disconnected, which aborts the import
   */
  public Future<JsonNode> run(EngineRequest.ImportWeights request, Future<Void> abandoned) {
    return waiting.executeBlocking(() -> imported(request, abandoned), false);
  }

  private JsonNode imported(EngineRequest.ImportWeights request, Future<Void> abandoned)
      throws IOException, InterruptedException {
    if (abandoned.isComplete()) {
      throw EngineFailure.unanswered(
          "abandoned",
          "The client of the import of %s disconnected.".formatted(request.name()),
          List.of());
    }
    try (EngineProcess reader =
        EngineProcess.start(launcher, EngineProcess.READER, request)
            .within(EngineProcess.READING)) {
      abandoned.onComplete(gone -> reader.end());
      return reader.answer((done, total) -> {});
    }
  }
}
