package org.bagnetlab.server.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bagnetlab.queue.launch.BoundedLines;
import org.bagnetlab.queue.launch.JavaNotice;

/** Reads a stream to its end, so that its writer never blocks, and keeps the last lines. */
final class LastLines {

  private static final int KEPT = 200;
  private static final int LONGEST = 2_000;

  /**
   * Maximum time to wait for the end of the stream. A child process may keep it open after the
   * process itself has ended.
   */
  private static final long ENDS_WITHIN_MS = 2_000;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Thread reader;

  private LastLines(InputStream stream) {
    reader = new Thread(() -> read(stream), "engine-stderr");
    reader.setDaemon(true);
  }

  static LastLines of(InputStream stream) {
    LastLines lines = new LastLines(stream);
    lines.reader.start();
    return lines;
  }

  /** Waits for the end of the stream, and returns its last lines. */
  List<String> await() throws InterruptedException {
    reader.join(ENDS_WITHIN_MS);
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  private void read(InputStream stream) {
    try {
      BoundedLines.read(stream, LONGEST, this::keep);
    } catch (IOException e) {
      keep("Its output ends early: " + e.getMessage());
    }
  }

  private void keep(String line) {
    if (JavaNotice.is(line)) {
      return;
    }
    synchronized (lines) {
      if (lines.size() == KEPT) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
  }
}
