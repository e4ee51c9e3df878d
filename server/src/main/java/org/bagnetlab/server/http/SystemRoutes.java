package org.bagnetlab.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.queue.Futures;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.Database;

/** The interface's own description, and whether the server is well. */
final class SystemRoutes {

  private static final String CONTRACT = "org/bagnetlab/server/openapi.yaml";

  private final Vertx vertx;
  private final Database database;
  private final DataDirectory directory;

  SystemRoutes(Vertx vertx, Database database, DataDirectory directory) {
    this.vertx = vertx;
    this.database = database;
    this.directory = directory;
  }

  private record Health(String status, Optional<String> reason) {

    static final Health UP = new Health("UP", Optional.empty());

    static Health down(String reason) {
      return new Health("DOWN", Optional.of(reason));
    }
  }

  void mount(Router api) {
    api.get("/openapi.yaml").handler(this::contract);
    api.get("/health/live").handler(request -> Reply.json(request, 200, Health.UP));
    api.get("/health/ready").handler(this::ready);
  }

  private void contract(RoutingContext request) {
    vertx
        .executeBlocking(
            () ->
                ClassPathFile.read(CONTRACT).orElseThrow(() -> new FileNotFoundException(CONTRACT)))
        .onSuccess(
            file ->
                request
                    .response()
                    .putHeader("Content-Type", file.mediaType())
                    .putHeader("Cache-Control", "no-cache")
                    .end(Buffer.buffer(file.bytes())))
        .onFailure(request::fail);
  }

  private void ready(RoutingContext request) {
    Futures.of(vertx, database.read(tables -> tables.jobs().counts().size()))
        .compose(answered -> vertx.executeBlocking(this::requireWritable, false))
        .onSuccess(writable -> Reply.json(request, 200, Health.UP))
        .onFailure(
            failure -> Reply.json(request, 503, Health.down(String.valueOf(failure.getMessage()))));
  }

  private Path requireWritable() throws IOException {
    directory.requireWritable();
    return directory.root();
  }
}
