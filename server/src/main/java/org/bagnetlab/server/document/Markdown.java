package org.bagnetlab.server.document;

import java.util.List;

/** Writes Markdown from plain text, whose special characters it escapes. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** A heading. */
  Markdown heading(int level, String title) {
    return paragraph("#".repeat(level) + " " + title);
  }

  /** A block of its own, which is Markdown already. */
  Markdown paragraph(String markdown) {
    text.append('\n').append(markdown.strip()).append('\n');
    return this;
  }

  /** The names of a table's columns. */
  Markdown table(String... columns) {
    text.append('\n');
    row(columns);
    return row(List.of(columns).stream().map(column -> "---").toArray(String[]::new));
  }

  /** A row of the table before it, of Markdown; line breaks become blanks. */
  Markdown row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replaceAll("\\s+", " ").replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
    return this;
  }

  /** A text with its special characters escaped. */
  static String plain(String text) {
    return text.replaceAll("([\\\\`*_{}\\[\\]<>#])", "\\\\$1");
  }

  /** A name or value as code. */
  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text.replace('`', '\'') + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
