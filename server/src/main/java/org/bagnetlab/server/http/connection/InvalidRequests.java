package org.bagnetlab.server.http.connection;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Responds to requests that are invalid HTTP or too long, and closes the connection, since it is
 * unknown where such a request ends.
 */
final class InvalidRequests implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    Problems.answer(
            request.response().putHeader("Connection", "close"),
            problem(request.decoderResult().cause()))
        .onComplete(sent -> request.connection().close());
  }

  private static Problem problem(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(414, "address-too-long", "Address too long", "The address is too long.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.of(
          431,
          "headers-too-large",
          "Headers too large",
          "The headers are larger than %d KiB."
              .formatted(HttpServerOptions.DEFAULT_MAX_HEADER_SIZE >> 10));
    }
    return Problems.ofStatus(400);
  }
}
