package org.bagnetlab.server.http.page;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets pages load only this server's own files, and prevents other sites from framing or reading
 * them.
 */
public final class SecurityHeaders implements Handler<RoutingContext> {

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          // A page draws its figures as SVG, and converts them to PNG by loading them as blob
          // images.
          "img-src 'self' blob:",
          "font-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'");

  @Override
  public void handle(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    request.next();
  }
}
