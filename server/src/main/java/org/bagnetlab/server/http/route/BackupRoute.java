package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.backup.Backup;
import org.bagnetlab.server.http.guard.Login;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ResponseStream;
import org.bagnetlab.storage.file.FilesKept;
import org.bagnetlab.storage.file.LabStorage;

/** Sends the whole lab as a zip file, one backup at a time. */
final class BackupRoute {

  private static final int BLOCK = 1 << 17;

  /** One thread writes a backup, the other refuses further requests. */
  private static final int THREADS = 2;

  /** How long a backup may take before Vert.x logs a warning. */
  private static final long HOURS = 12;

  private final LabStorage storage;
  private final WorkerExecutor threads;

  BackupRoute(Vertx vertx, LabStorage storage) {
    this.storage = storage;
    this.threads = vertx.createSharedWorkerExecutor("backup", THREADS, HOURS, TimeUnit.HOURS);
  }

  void mount(Router api) {
    api.get("/backup").handler(this::backup);
  }

  private void backup(RoutingContext request) {
    Login.requireOperator(Login.user(request));
    threads
        .executeBlocking(() -> send(request.response()), false)
        .onFailure(
            failure -> {
              if (request.response().headWritten()) {
                // The client must not mistake it for a complete backup.
                request.request().connection().close();
              } else {
                request.fail(failure instanceof FilesKept ? refusal() : failure);
              }
            });
  }

  private static Throwable refusal() {
    return Problem.refused(
        "backup-running",
        "Another backup is being made",
        "Another backup of this lab is being made: try again when it is complete.");
  }

  private long send(HttpServerResponse response) throws IOException {
    long files = write(response);
    // Ends the response last, since the client can request the next backup once it has received all
    // of this one.
    response.end();
    return files;
  }

  private Backup backup() throws IOException {
    return Backup.of(storage.directory(), storage.database(), storage.artifacts(), Instant.now());
  }

  private long write(HttpServerResponse response) throws IOException {
    try (Backup backup = backup()) {
      response
          .putHeader("Content-Type", "application/zip")
          .putHeader("Content-Disposition", "attachment; filename=\"bagnetlab-backup.zip\"")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Total-Bytes", Long.toString(backup.bytes()))
          .setChunked(true);
      OutputStream body = new BufferedOutputStream(new ResponseStream(response), BLOCK);
      long files = backup.write(body, block -> {}).files().size();
      body.flush();
      return files;
    }
  }
}
