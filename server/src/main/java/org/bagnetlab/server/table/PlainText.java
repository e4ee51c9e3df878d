package org.bagnetlab.server.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a table for terminals: a caption, and columns as wide as their widest value. If a value is
 * a sentence too long for a line, each row is written as several lines, each with a label and a
 * value.
 */
public final class PlainText {

  /** Maximum width of a column, in characters. */
  private static final int WIDEST = 60;

  private PlainText() {}

  /** The lines of a table. Without rows, they are those of the caption. */
  public static <R> String of(Table<R> table) {
    return of(WrittenTable.of(table));
  }

  /** The lines of a table. Without rows, they are those of the caption. */
  public static String of(WrittenTable table) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.headings().stream().map(WrittenTable.Heading::label).toList());
    lines.addAll(table.rows());
    List<Integer> widths =
        IntStream.range(0, table.headings().size())
            .mapToObj(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toList();
    Stream<String> body =
        table.rows().isEmpty()
            ? Stream.empty()
            : widths.stream().anyMatch(width -> width > WIDEST)
                ? lines.stream().skip(1).flatMap(line -> block(lines.get(0), line))
                : lines.stream().map(line -> padded(line, widths));
    return ascii(
        Stream.concat(table.caption().stream(), body)
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
  }

  /** Formats a row as several lines, after an empty line. */
  private static Stream<String> block(List<String> labels, List<String> values) {
    return Stream.concat(
        Stream.of(""),
        IntStream.range(0, labels.size())
            .filter(i -> !values.get(i).isEmpty())
            .mapToObj(i -> "%s: %s".formatted(labels.get(i), values.get(i))));
  }

  private static String padded(List<String> line, List<Integer> widths) {
    return IntStream.range(0, line.size())
        .mapToObj(i -> line.get(i) + " ".repeat(widths.get(i) - line.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** Replaces typographic dashes, which some terminals cannot display. */
  private static String ascii(String text) {
    return text.replace('–', '-').replace('−', '-');
  }
}
