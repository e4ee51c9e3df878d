package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.bagnetlab.server.dataset.DatasetImports;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.json.DatasetImportJson;

/** Lists, shows and cancels imports of uploaded data sets. */
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
            came -> {
              switch (came) {
                case DONE -> request.response().setStatusCode(204).end();
                case UNKNOWN -> request.fail(missing(name));
                case TOO_LATE -> request.fail(tooLate(name));
              }
            })
        .onFailure(request::fail);
  }

  private static ProblemException missing(String name) {
    return Problem.of(
            404,
            "dataset-import-not-found",
            "No such import",
            "No import of a data set '%s' is known: it was cancelled, or ended long ago."
                .formatted(name))
        .exception();
  }

  private static ProblemException tooLate(String name) {
    return Problem.of(
            409,
            "import-ended",
            "Not cancelled",
            "The data set '%s' was imported before it could be cancelled.".formatted(name))
        .exception();
  }
}
