package org.bagnetlab.server.http.reply;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.storage.directory.FullDisk;
import org.bagnetlab.storage.file.ArtifactLost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds to every failed request with a problem document, and logs only the server's own errors.
 */
public final class Problems implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Maximum bytes of a request's body, unless it is an upload. */
  public static final int LARGEST_BODY = 1 << 20;

  private static final int INSUFFICIENT_STORAGE = 507;

  /**
   * Statuses in the range of server errors with which the server refuses a request for now, without
   * an error of its own.
   */
  private static final Set<Integer> REFUSED = Set.of(503, INSUFFICIENT_STORAGE);

  @Override
  public void handle(RoutingContext request) {
    handle(request, request.statusCode());
  }

  /**
   * Responds to a failed request.
   *
   * @param status of a failure without further information
   */
  public void handle(RoutingContext request, int status) {
    Problem problem = problem(request.failure(), status);
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return; // the client has disconnected
    }
    String path = String.valueOf(request.request().path());
    if (response.headWritten()) {
      LOG.warn("{} was aborted", path, request.failure());
      request.request().connection().close();
      return;
    }
    if (REFUSED.contains(problem.status())) {
      LOG.warn("{} was refused: {}", path, problem.detail());
    } else if (problem.status() >= 500) {
      LOG.error("{} failed", path, request.failure());
    }
    answer(response, problem);
  }

  /** Sends a problem document. */
  public static Future<Void> answer(HttpServerResponse response, Problem problem) {
    return response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(ServerJson.text(problem));
  }

  private static Problem problem(@Nullable Throwable failure, int status) {
    return switch (failure) {
      case ProblemException known -> known.problem();
      case InvalidSpec invalid ->
          Problem.invalid("Invalid job", invalid.field(), message(invalid)).problem();
      case RequestRefused refused ->
          Problem.of(status(refused.reason()), refused.code(), refused.title(), message(refused));
      case ArtifactLost lost -> Problem.of(410, "artifact-lost", "Lost artifact", message(lost));
      case null, default -> FullDisk.caused(failure) ? diskFull() : ofStatus(status);
    };
  }

  private static int status(RequestRefused.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
    };
  }

  /** The problem that the disk has not enough space for the request. */
  static Problem diskFull() {
    return Problem.of(
        INSUFFICIENT_STORAGE,
        "disk-full",
        "Disk full",
        "The server's disk is full, and nothing was stored. Free some space and send it again.");
  }

  /** The problem for a status without further information. */
  public static Problem ofStatus(int status) {
    return switch (status) {
      // 200: the body handler's status for a body that was aborted, or whose chunks are malformed.
      case 200, 400 ->
          Problem.of(400, "malformed", "Malformed request", "The request is malformed.");
      case 404 -> Problem.of(404, "not-found", "Not found", "There is nothing at this address.");
      case 413 ->
          Problem.of(
              413,
              "too-large",
              "Too large",
              "The request is larger than %d MiB.".formatted(LARGEST_BODY >> 20));
      case 417 ->
          Problem.of(
              417,
              "expectation-failed",
              "Expectation failed",
              "The server supports no expectation other than 100-continue.");
      default ->
          Problem.of(
              500, "internal-error", "Internal error", "Internal error; see the server's log.");
    };
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
