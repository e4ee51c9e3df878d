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
          // images. A figure of pictures contains them as data.
          "img-src 'self' blob: data:",
          "font-src 'self'",
          "connect-src 'self'",
          // A message is shown as a mail program shows it.
          "frame-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'");

  /** For messages, which have styles in them and no scripts. */
  private static final String FRAME =
      String.join(
          "; ",
          "default-src 'none'",
          "style-src 'unsafe-inline'",
          "img-src data:",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'self'",
          "sandbox allow-popups allow-popups-to-escape-sandbox");

  /** Lets a page of this server show the response in a frame, where it may do nothing. */
  public static void allowFrame(RoutingContext request) {
    request.response().putHeader("Content-Security-Policy", FRAME);
  }

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
