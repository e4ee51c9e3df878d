package org.bagnetlab.server.endtoend;

import java.util.ArrayList;
import java.util.List;

/** What was done to a lab and when, for whoever reads of what followed. */
final class Diary {

  private final String title;
  private final List<String> lines = new ArrayList<>();
  private final long start = System.nanoTime();

  Diary(String title) {
    this.title = title;
  }

  void note(String what) {
    lines.add("%5.1f s  %s".formatted((System.nanoTime() - start) / 1e9, what));
  }

  @Override
  public String toString() {
    return title + ":\n" + String.join("\n", lines).indent(2);
  }
}
