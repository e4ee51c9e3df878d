package org.bagnetlab.queue.launch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Splits a stream into lines of bounded length, so that a long line cannot exhaust memory. */
public final class BoundedLines {

  private BoundedLines() {}

  /**
   * Reads until the stream ends.
   *
   * @param limit number of bytes kept of each line; an ellipsis replaces the rest
   */
  public static void read(InputStream stream, int limit, Consumer<String> line) throws IOException {
    InputStream input = new BufferedInputStream(stream);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    boolean cut = false;
    for (int next = input.read(); next >= 0; next = input.read()) {
      if (next == '\n') {
        line.accept(text(kept, cut));
        kept.reset();
        cut = false;
      } else if (kept.size() < limit) {
        kept.write(next);
      } else {
        cut = true;
      }
    }
    if (kept.size() > 0) {
      line.accept(text(kept, cut));
    }
  }

  private static String text(ByteArrayOutputStream kept, boolean cut) {
    String text = kept.toString(StandardCharsets.UTF_8);
    return cut ? text + "..." : text.stripTrailing();
  }
}
