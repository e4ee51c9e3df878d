package org.bagnetlab.server.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a table as part of an HTML page: a figure with a caption, which scrolls horizontally if it
 * is wide.
 */
public final class Html {

  private static final String PUBLISHED = "Published";

  private Html() {}

  /** A table with its caption. */
  public static <R> String of(Table<R> table) {
    List<Column<R>> columns = table.varying();
    return """
        <figure class="view" id="%s">
        <figcaption>%s</figcaption>
        <div class="scroll" tabindex="0" role="region" aria-label="%s">
        <table>
        <thead>
        <tr>%s</tr>
        </thead>
        <tbody>
        %s</tbody>
        </table>
        </div>
        </figure>
        """
        .formatted(
            escaped(table.name()),
            escaped(String.join(" ", table.caption())),
            escaped(table.title()),
            columns.stream()
                .map(
                    column ->
                        "<th scope=\"col\"%s>%s</th>"
                            .formatted(classOf(column), escaped(column.label())))
                .collect(Collectors.joining()),
            table.rows().stream()
                .map(
                    row ->
                        IntStream.range(0, columns.size())
                            .mapToObj(i -> cell(columns.get(i), row, i == 0))
                            .collect(Collectors.joining("", "<tr>", "</tr>\n")))
                .collect(Collectors.joining()));
  }

  private static <R> String cell(Column<R> column, R row, boolean first) {
    String text = escaped(column.text().apply(row).orElse("–"));
    if (first) {
      return "<th scope=\"row\">%s</th>".formatted(text);
    }
    String classes = text.length() > Table.LONGEST_LINE ? " class=\"sentences\"" : classOf(column);
    return "<td%s>%s</td>".formatted(classes, text);
  }

  /**
   * The CSS classes of a column. Numbers are aligned right, and published numbers look different
   * from measured ones.
   */
  private static String classOf(Column<?> column) {
    if (column.label().startsWith(PUBLISHED)) {
      return " class=\"value published\"";
    }
    return column.role() == Column.Role.VALUE ? " class=\"value\"" : "";
  }

  /** Escapes special HTML characters in a text. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
