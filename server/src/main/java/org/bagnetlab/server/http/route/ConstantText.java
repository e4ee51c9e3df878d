package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.bagnetlab.server.json.WrittenText;
import org.jspecify.annotations.Nullable;

/**
 * A text that stays the same while the server runs, and takes too long to generate on an event
 * loop. It is generated at the first request, so that it does not delay the start of the server.
 */
final class ConstantText {

  private final Vertx vertx;
  private final Callable<String> writing;
  private @Nullable Future<WrittenText> text;

  ConstantText(Vertx vertx, Callable<String> writing) {
    this.vertx = vertx;
    this.writing = writing;
  }

  /** The text; after a failure, the next call tries again. */
  synchronized Future<WrittenText> get() {
    Future<WrittenText> known = text;
    if (known == null || known.failed()) {
      known = vertx.executeBlocking(() -> WrittenText.of(writing.call()), false);
      text = known;
    }
    return known;
  }
}
