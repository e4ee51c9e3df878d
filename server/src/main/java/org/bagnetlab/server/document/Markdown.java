package org.bagnetlab.server.document;

import java.util.List;

/** Writes Markdown, escaping special characters of plain text. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** Adds a heading. */
  Markdown heading(int level, String title) {
    return paragraph("#".repeat(level) + " " + title);
  }

  /** Adds a block that is already Markdown. */
  Markdown paragraph(String markdown) {
    text.append('\n').append(markdown.strip()).append('\n');
    return this;
  }

  /** Begins a table with the names of its columns. */
  Markdown table(String... columns) {
    text.append('\n');
    row(columns);
    return row(List.of(columns).stream().map(column -> "---").toArray(String[]::new));
  }

  /** Adds a row of Markdown cells to the table; line breaks become spaces. */
  Markdown row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replaceAll("\\s+", " ").replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
    return this;
  }

  /** Escapes the special characters of a text. */
  static String plain(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]<>#])", "\\\\$1");
  }

  /** Formats a name or a value as code. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text.replace('`', '\'') + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
