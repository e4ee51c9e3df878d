package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.bagnetlab.server.json.WrittenText;
import org.jspecify.annotations.Nullable;

/**
 * A text that stays the same as long as the server runs, and takes longer to write than an event
 * loop has. It is written when it is asked for first, which a start does not wait for.
 */
final class ConstantText {

  private final Vertx vertx;
  private final Callable<String> writing;
  private @Nullable Future<WrittenText> text;

  ConstantText(Vertx vertx, Callable<String> writing) {
    this.vertx = vertx;
    this.writing = writing;
  }

  /** The text. One that could not be written is tried again. */
  synchronized Future<WrittenText> get() {
    Future<WrittenText> known = text;
    if (known == null || known.failed()) {
      known = vertx.executeBlocking(() -> WrittenText.of(writing.call()), false);
      text = known;
    }
    return known;
  }
}
