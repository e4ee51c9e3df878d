package org.bagnetlab.server.json;

import io.vertx.core.buffer.Buffer;

/**
 * A text as it is sent to many clients, encoded once for all of them.
 *
 * @param plain the text in UTF-8
 */
public record WrittenText(Buffer plain) {

  /** Encodes a text. */
  public static WrittenText of(String text) {
    return new WrittenText(Buffer.buffer(text));
  }

  @Override
  public String toString() {
    return plain.toString();
  }
}
