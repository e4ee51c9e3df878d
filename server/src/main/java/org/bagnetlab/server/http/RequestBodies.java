package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of requests into memory, each of limited size, and so much of all together: what
 * a request may send counts until it is answered. Uploads of files are not read here. Used on the
 * one event loop of the HTTP server.
 */
final class RequestBodies implements Handler<RoutingContext> {

  /** Bytes of one body. */
  static final long LARGEST = 1 << 20;

  /** Bytes of a body whose sender may change nothing, or does not: a token fits. */
  static final long LARGEST_LOGIN = 1 << 12;

  /** Bytes of all of them. An eighth of the memory that the server is started with. */
  static final long MOST_AT_ONCE = 64 << 20;

  private final BodyHandler changes = BodyHandler.create(false).setBodyLimit(LARGEST);
  private final BodyHandler others = BodyHandler.create(false).setBodyLimit(LARGEST_LOGIN);

  /** Bytes that the requests which are not answered yet may send in all. */
  private long held;

  @Override
  public void handle(RoutingContext request) {
    if (FileUpload.is(request)) {
      request.next();
      return;
    }
    boolean large = Login.isKnown(request) && !Login.isReading(request);
    long bytes = Math.min(announced(request.request()), large ? LARGEST : LARGEST_LOGIN);
    if (held + bytes > MOST_AT_ONCE) {
      request.response().putHeader("Retry-After", "5");
      FileUpload.fail(request, full());
      return;
    }
    if (bytes > 0) {
      held += bytes;
      request.addEndHandler(ended -> held -= bytes);
    }
    (large ? changes : others).handle(request);
  }

  /** As many bytes as the client says that it sends; without limit if it does not say. */
  private static long announced(HttpServerRequest request) {
    @Nullable String length = request.getHeader("Content-Length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return request.getHeader("Transfer-Encoding") == null ? 0 : Long.MAX_VALUE;
  }

  private static ProblemException full() {
    return Problem.of(
            503,
            "too-many-bodies",
            "Too many requests at once",
            "The server is reading %d MiB of other requests, and takes no more at once. Send it again in a few seconds."
                .formatted(MOST_AT_ONCE >> 20))
        .exception();
  }
}
