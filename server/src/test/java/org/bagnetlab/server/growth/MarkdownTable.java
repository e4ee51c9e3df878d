package org.bagnetlab.server.growth;

import java.util.List;
import java.util.stream.Collectors;

/** A table as the documentation shows it. */
record MarkdownTable(List<String> head, List<List<String>> rows) {

  @Override
  public String toString() {
    String rule = "|" + "---|".repeat(head.size());
    String body = rows.stream().map(MarkdownTable::line).collect(Collectors.joining("\n"));
    return "\n" + line(head) + "\n" + rule + "\n" + body + "\n";
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
