package org.bagnetlab.server.http.reply;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.server.results.view.UnknownRun;
import org.jspecify.annotations.Nullable;

/** Writes responses. */
public final class Reply {

  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";

  private Reply() {}

  /** Responds with the future's result, or with the problem of its failure. */
  public static void json(RoutingContext request, Future<?> promised) {
    json(request, 200, promised);
  }

  /** Responds with a status and the future's result, or with the problem of its failure. */
  public static void json(RoutingContext request, int status, Future<?> promised) {
    promised.onSuccess(value -> json(request, status, value)).onFailure(request::fail);
  }

  /** Responds that the request was carried out, or with the problem of its failure. */
  public static void done(RoutingContext request, Future<?> promised) {
    promised.onSuccess(any -> request.response().setStatusCode(204).end()).onFailure(request::fail);
  }

  /** Responds with a status and a value as JSON. */
  public static void json(RoutingContext request, int status, Object value) {
    request.response().setStatusCode(status);
    text(request, JSON, ServerJson.text(value));
  }

  /** Responds with JSON that is already serialised, or with the problem of its failure. */
  public static void written(RoutingContext request, Future<WrittenText> json) {
    json.onSuccess(text -> text(request, JSON, text)).onFailure(request::fail);
  }

  /** Responds with a text of a media type. */
  public static void text(RoutingContext request, String mediaType, String text) {
    text(request, mediaType, WrittenText.of(text));
  }

  /** Responds with a text of a media type. The text is shared with responses to other clients. */
  public static void text(RoutingContext request, String mediaType, WrittenText text) {
    request
        .response()
        .putHeader("Content-Type", mediaType.equals(JSON) ? JSON : mediaType + "; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(text.plain());
  }

  /** Responds with the bytes of a file, unless the client is gone meanwhile. */
  public static Future<Void> file(RoutingContext request, Path file) {
    // On a closed connection, Vert.x throws a NullPointerException.
    return request.response().closed()
        ? Future.succeededFuture()
        : request.response().sendFile(file.toString());
  }

  /** The problem of a request for something that is not a run. */
  public static <T> Future<T> noRun(Throwable failure) {
    return Future.failedFuture(
        failure instanceof UnknownRun unknown
            ? Problem.missing("run-not-found", "No such run", String.valueOf(unknown.getMessage()))
            : failure);
  }

  /** Whether a browser requests an HTML page instead of a machine-readable response. */
  public static boolean wantsPage(RoutingContext request) {
    @Nullable String accepted = request.request().getHeader("Accept");
    return request.request().method().equals(HttpMethod.GET)
        && !request.normalizedPath().startsWith("/api")
        && accepted != null
        && accepted.contains("text/html");
  }

  /** The media type that the client prefers, if it names any. */
  private static Optional<String> accepted(RoutingContext request) {
    return request.parsedHeaders().accept().stream()
        .findFirst()
        .map(type -> type.component() + "/" + type.subComponent());
  }

  /** Whether the client prefers comma-separated values. */
  public static boolean wantsCsv(RoutingContext request) {
    return accepted(request).equals(Optional.of(CSV));
  }

  /** Responds with some lines of a list as CSV, and with the list's total number of lines. */
  public static void csv(RoutingContext request, long total, String lines) {
    request.response().putHeader("X-Total-Count", Long.toString(total));
    text(request, CSV, lines);
  }
}
