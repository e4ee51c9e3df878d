package org.bagnetlab.server.document;

import java.util.List;

/** Writes Markdown that says what a text says, whatever signs are in it. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** A heading. */
  Markdown heading(int level, String words) {
    return paragraph("#".repeat(level) + " " + words);
  }

  /** A block of its own, which is Markdown already. */
  Markdown paragraph(String words) {
    text.append('\n').append(words.strip()).append('\n');
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

  /** A text whose signs mean nothing. */
  static String plain(String words) {
    return words.replaceAll("([\\\\`*_{}\\[\\]<>#])", "\\\\$1");
  }

  /** A name or value as code. */
  static String code(String words) {
    return words.isEmpty() ? "" : "`" + words.replace('`', '\'') + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
