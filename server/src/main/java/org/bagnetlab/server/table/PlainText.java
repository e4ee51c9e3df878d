package org.bagnetlab.server.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table for terminals: a caption, and columns as wide as their widest value. */
public final class PlainText {

  private PlainText() {}

  /** A table in lines. */
  public static <R> String of(Table<R> table) {
    List<Column<R>> columns = table.varying();
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::label).toList());
    for (R row : table.rows()) {
      lines.add(columns.stream().map(column -> column.text().apply(row).orElse("–")).toList());
    }
    List<Integer> widths =
        IntStream.range(0, columns.size())
            .mapToObj(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toList();
    return ascii(
        Stream.concat(table.caption().stream(), lines.stream().map(line -> padded(line, widths)))
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }

  private static String padded(List<String> line, List<Integer> widths) {
    return IntStream.range(0, line.size())
        .mapToObj(i -> line.get(i) + " ".repeat(widths.get(i) - line.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** Not every terminal has the dashes of typography. */
  private static String ascii(String text) {
    return text.replace('–', '-').replace('−', '-');
  }
}
