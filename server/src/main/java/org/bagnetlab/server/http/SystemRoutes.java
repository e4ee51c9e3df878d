package org.bagnetlab.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.FileNotFoundException;
import org.bagnetlab.queue.Futures;
import org.bagnetlab.storage.Database;

/** The interface's own description, and whether the server is well. */
final class SystemRoutes {

  private static final String CONTRACT = "org/bagnetlab/server/openapi.yaml";

  private final Vertx vertx;
  private final Database database;

  SystemRoutes(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  private record Health(String status) {}

  void mount(Router api) {
    api.get("/openapi.yaml").handler(this::contract);
    api.get("/health/live").handler(request -> Reply.json(request, 200, new Health("UP")));
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
    Future<Integer> states =
        Futures.of(vertx, database.read(tables -> tables.jobs().counts().size()));
    states
        .onSuccess(count -> Reply.json(request, 200, new Health("UP")))
        .onFailure(failure -> Reply.json(request, 503, new Health("DOWN")));
  }
}
