package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;

/**
 * Rejects requests that would make the router fail: it decodes URLs while matching routes, where an
 * invalid escape throws an exception, and supports the header Expect only for requests with a body.
 */
final class RequestCheck implements Handler<HttpServerRequest> {

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Handler<HttpServerRequest> router;

  /** Passes all other requests to the router. */
  RequestCheck(Handler<HttpServerRequest> router) {
    this.router = router;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (BROKEN_ESCAPE.matcher(request.uri()).find()) {
      Problems.answer(
          request.response(),
          Problem.of(
              400,
              "malformed-address",
              "Malformed address",
              "A % in the address must be followed by two hexadecimal digits; a % itself is %25."));
    } else if (!canBeMet(request)) {
      // The body of this request may never arrive, and must not be read as the next request.
      Problems.answer(request.response().putHeader("Connection", "close"), Problems.ofStatus(417))
          .onComplete(sent -> request.connection().close());
    } else {
      router.handle(request);
    }
  }

  private static boolean canBeMet(HttpServerRequest request) {
    return request.headers().getAll("Expect").stream().allMatch("100-continue"::equalsIgnoreCase);
  }
}
