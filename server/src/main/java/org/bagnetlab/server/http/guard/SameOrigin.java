package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.upload.FileUpload;
import org.jspecify.annotations.Nullable;

/**
 * Prevents cross-origin changes: refuses requests of browsers from another origin, and bodies that
 * an HTML form could send.
 */
final class SameOrigin implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext request) {
    if (!Login.isReading(request)) {
      checkOrigin(request.request());
      checkBody(request);
    }
    request.next();
  }

  private static void checkOrigin(HttpServerRequest request) {
    @Nullable String origin = request.getHeader("Origin");
    // HTTP/2 has no Host header, but a separate authority.
    String own = String.valueOf(request.authority());
    boolean foreign =
        origin != null
            // Behind a proxy that terminates TLS, the server itself sees plain HTTP.
            && !origin.equals("https://" + own)
            && (request.isSSL() || !origin.equals("http://" + own));
    if (foreign || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      throw Problem.of(
              403,
              "cross-origin",
              "Cross-origin request",
              "Requests from other sites are not allowed.")
          .exception();
    }
  }

  private static void checkBody(RoutingContext context) {
    HttpServerRequest request = context.request();
    @Nullable String length = request.getHeader("Content-Length");
    boolean body =
        request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    @Nullable String type = request.getHeader("Content-Type");
    // An HTML form can send neither of these types.
    String wanted = FileUpload.is(context) ? FileUpload.MEDIA_TYPE : "application/json";
    if (body && (type == null || !type.toLowerCase(Locale.ROOT).matches(wanted + "\\s*(;.*)?"))) {
      throw Problem.of(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "The request body must be %s.".formatted(wanted))
          .exception();
    }
  }
}
