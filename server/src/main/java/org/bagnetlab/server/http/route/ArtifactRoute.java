package org.bagnetlab.server.http.route;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Set;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactStore;

/** Serves the bytes of stored files. Their paths are looked up and never taken from a request. */
record ArtifactRoute(Vertx vertx, Database database, ArtifactStore artifacts) {

  /** Media types that a browser may show; all others are only downloaded. */
  private static final Set<String> SHOWN = Set.of("image/png", "application/json");

  void mount(Router api) {
    api.get("/artifacts/:id").handler(this::artifact);
  }

  private void artifact(RoutingContext request) {
    long id = RequestParameters.id(request);
    Futures.of(vertx, database.read(tables -> tables.artifacts().find(id)))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    artifact -> send(request, artifact), () -> request.fail(missing(id))))
        .onFailure(request::fail);
  }

  private static ProblemException missing(long id) {
    return Problem.missing(
        "artifact-not-found", "No such artifact", "There is no artifact %d.".formatted(id));
  }

  private void send(RoutingContext request, ArtifactRow artifact) {
    HttpServerResponse response =
        request
            .etag(artifact.sha256())
            .response()
            // Compression would send different bytes under the same strong entity tag.
            .putHeader("Content-Encoding", "identity")
            .putHeader("Cache-Control", "private, max-age=31536000, immutable");
    if (request.isFresh()) {
      response.setStatusCode(304).end();
      return;
    }
    Futures.of(vertx, artifacts.intact(artifact))
        .onSuccess(file -> send(request, artifact, file))
        .onFailure(
            failure -> {
              response.headers().remove("ETag");
              request.fail(failure);
            });
  }

  private static void send(RoutingContext request, ArtifactRow artifact, Path file) {
    HttpServerResponse response = request.response();
    boolean shown = SHOWN.contains(artifact.mediaType());
    response
        .putHeader("Content-Type", shown ? artifact.mediaType() : "application/octet-stream")
        .putHeader(
            "Content-Disposition",
            "%s; filename=\"%s\""
                .formatted(
                    shown ? "inline" : "attachment",
                    artifact.name().replaceAll("[^A-Za-z0-9._-]", "-")));
    Reply.file(request, file)
        .onFailure(
            failure -> {
              if (!response.headWritten()) {
                response.headers().remove("ETag").remove("Content-Disposition");
              }
              request.fail(failure);
            });
  }
}
