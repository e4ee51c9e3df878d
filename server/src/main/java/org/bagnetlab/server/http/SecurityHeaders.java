package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets pages load nothing but this server's own files, and be framed or read by no other site.
 *
 * @param policy the content security policy
 */
record SecurityHeaders(String policy) implements Handler<RoutingContext> {

  /**
   * Headers for pages with one inline script, the import map, which browsers only take inline.
   *
   * @param importMapHash SHA-256 of its text, in base 64
   */
  static SecurityHeaders allowing(String importMapHash) {
    return new SecurityHeaders(
        String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self' 'sha256-" + importMapHash + "'",
            "style-src 'self'",
            // A page draws its figures as SVG, and turns them into pixels as images of its own.
            "img-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'"));
  }

  @Override
  public void handle(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", policy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    request.next();
  }
}
