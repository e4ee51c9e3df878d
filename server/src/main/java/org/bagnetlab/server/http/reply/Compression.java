package org.bagnetlab.server.http.reply;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server compress only text: compressing files that are already compressed would gain
 * nothing, and events would arrive late.
 */
public final class Compression implements Handler<RoutingContext> {

  private static final Pattern TEXT =
      Pattern.compile("(text/(?!event-stream)|image/svg|application/(problem\\+)?(json|yaml)).*");

  @Override
  public void handle(RoutingContext request) {
    request.addHeadersEndHandler(sent -> mark(request.response().headers()));
    request.next();
  }

  private static void mark(MultiMap headers) {
    @Nullable String type = headers.get(HttpHeaders.CONTENT_TYPE);
    if (type != null && TEXT.matcher(type).matches()) {
      headers.set(HttpHeaders.VARY, "Accept-Encoding");
    } else if (type != null) {
      headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
  }
}
