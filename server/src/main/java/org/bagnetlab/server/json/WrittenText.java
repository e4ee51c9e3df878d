package org.bagnetlab.server.json;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A text as it is sent to many clients, encoded and compressed once for all of them. */
public final class WrittenText {

  private final Buffer plain;
  private @Nullable Future<Buffer> packed;

  private WrittenText(Buffer plain) {
    this.plain = plain;
  }

  /** A text that was not requested in compressed form yet. */
  public static WrittenText of(String text) {
    return new WrittenText(Buffer.buffer(text));
  }

  /** The text in UTF-8. */
  public Buffer plain() {
    return plain;
  }

  /**
   * The text for clients that take it compressed.
   *
   * @param compression compresses it, unless that was done before or is being done
   */
  public synchronized Future<Buffer> packed(Function<Buffer, Future<Buffer>> compression) {
    Future<Buffer> known = packed;
    if (known == null || known.failed()) {
      known = compression.apply(plain);
      packed = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return plain.toString();
  }
}
