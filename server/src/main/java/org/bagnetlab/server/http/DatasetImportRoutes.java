package org.bagnetlab.server.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.json.DatasetImportJson;

/** Imports of uploaded data sets: follow and cancel them. */
final class DatasetImportRoutes {

  private final DatasetImports imports;

  DatasetImportRoutes(DatasetImports imports) {
    this.imports = imports;
  }

  void mount(Router api) {
    api.get("/dataset-imports").handler(request -> Reply.json(request, 200, list()));
    api.get("/dataset-imports/:name").handler(this::find);
    api.delete("/dataset-imports/:name").handler(this::cancel);
  }

  private DatasetImportJson.ListOf list() {
    Instant now = imports.now();
    return new DatasetImportJson.ListOf(
        imports.list().stream().map(each -> DatasetImportJson.of(each, now)).toList());
  }

  private void find(RoutingContext request) {
    String name = request.pathParam("name");
    DatasetImportJson found =
        imports
            .find(name)
            .map(each -> DatasetImportJson.of(each, imports.now()))
            .orElseThrow(() -> missing(name));
    Reply.json(request, 200, found);
  }

  private void cancel(RoutingContext request) {
    String name = request.pathParam("name");
    imports
        .cancel(name)
        .onSuccess(
            known -> {
              if (known) {
                request.response().setStatusCode(204).end();
              } else {
                request.fail(missing(name));
              }
            })
        .onFailure(request::fail);
  }

  private static ProblemException missing(String name) {
    return Problem.of(
            404,
            "dataset-import-not-found",
            "No such import",
            "No import of a data set '%s' is known: it was cancelled, or the server was restarted."
                .formatted(name))
        .exception();
  }
}
