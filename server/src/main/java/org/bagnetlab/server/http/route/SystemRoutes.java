package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;

/** Serves the interface's own description, and the health of the server. */
final class SystemRoutes {

  private final Vertx vertx;
  private final Database database;
  private final DataDirectory directory;
  private final ConstantText contract;

  SystemRoutes(Vertx vertx, Database database, DataDirectory directory, Catalogue catalogue) {
    this.vertx = vertx;
    this.database = database;
    this.directory = directory;
    this.contract = new ConstantText(vertx, () -> OpenApi.text(catalogue));
  }

  private record Health(String status, Optional<String> reason) {

    static final Health UP = new Health("UP", Optional.empty());

    /** The health of a running server. If it is busy, changes wait, but will be stored. */
    static Health up(Optional<String> busy) {
      return new Health("UP", busy.map(work -> "busy: " + work));
    }

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
    contract
        .get()
        .onSuccess(
            text ->
                request
                    .response()
                    .putHeader("Content-Type", "application/yaml; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    .end(text.plain()))
        .onFailure(request::fail);
  }

  private void ready(RoutingContext request) {
    Futures.of(vertx, database.read(tables -> tables.jobs().counts().size()))
        .compose(read -> Futures.of(vertx, database.answersWrites()))
        .compose(busy -> vertx.executeBlocking(() -> requireWritable(busy), false))
        .onSuccess(busy -> Reply.json(request, 200, Health.up(busy)))
        .onFailure(
            failure -> Reply.json(request, 503, Health.down(String.valueOf(failure.getMessage()))));
  }

  private Optional<String> requireWritable(Optional<String> busy) throws IOException {
    directory.requireWritable();
    return busy;
  }
}
