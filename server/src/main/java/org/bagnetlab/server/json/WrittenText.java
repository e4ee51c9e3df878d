package org.bagnetlab.server.json;

import io.vertx.core.buffer.Buffer;

/**
 * A text that is sent to many clients, and encoded only once.
 *
 * @param plain the text encoded in UTF-8
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
