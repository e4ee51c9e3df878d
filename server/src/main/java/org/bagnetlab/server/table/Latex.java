package org.bagnetlab.server.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a table for LaTeX, using the packages booktabs and, as many are wide, adjustbox. */
public final class Latex {

  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '|', "\\textbar{}"),
          Map.entry((int) '"', "\\textquotedbl{}"),
          Map.entry((int) '–', "--"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '×', "$\\times$"));

  private static final String PRECEDED_BY_A_BACKSLASH = "{}$&#_%";

  /** Headings above shorter values are broken into lines of about so many characters. */
  private static final int HEADING = 12;

  private Latex() {}

  /** A floating table with its caption and a label. */
  public static <R> String of(Table<R> table) {
    List<Column<R>> columns = table.varying();
    String body =
        table.rows().stream()
            .map(row -> line(columns, column -> escaped(column.text().apply(row).orElse("–"))))
            .collect(Collectors.joining());
    return """
        %% Needs \\usepackage{booktabs,adjustbox}, and for quotation marks \\usepackage[T1]{fontenc}
        \\begin{table}
          \\centering
          \\caption{%s}
          \\label{tab:%s}
          \\begin{adjustbox}{max width=\\linewidth}
          \\begin{tabular}{%s}
            \\toprule
        %s    \\midrule
        %s    \\bottomrule
          \\end{tabular}
          \\end{adjustbox}
        \\end{table}
        """
        .formatted(
            escaped(String.join(" ", table.caption())),
            table.name(),
            columns.stream().map(column -> alignment(column, table)).collect(Collectors.joining()),
            line(columns, column -> heading(column, table)),
            body);
  }

  /** The alignment of a column. Columns with sentences need line breaks. */
  private static <R> String alignment(Column<R> column, Table<R> table) {
    boolean sentences =
        table.rows().stream()
            .flatMap(row -> column.text().apply(row).stream())
            .anyMatch(text -> text.length() > Table.LONGEST_LINE);
    if (sentences) {
      return "p{0.3\\linewidth}";
    }
    return column.role() == Column.Role.VALUE ? "r" : "l";
  }

  /** The characters of a column's longest value, as far as it is on one line. */
  private static <R> int longest(Column<R> column, Table<R> table) {
    return table.rows().stream()
        .mapToInt(row -> column.text().apply(row).orElse("").length())
        .map(length -> Math.min(length, Table.LONGEST_LINE))
        .max()
        .orElse(0);
  }

  private static <R> String heading(Column<R> column, Table<R> table) {
    List<String> lines = headingLines(column, table);
    return lines.size() == 1
        ? escaped(lines.get(0))
        : "\\shortstack[%s]{%s}"
            .formatted(
                alignment(column, table).equals("r") ? "r" : "l",
                lines.stream().map(Latex::escaped).collect(Collectors.joining("\\\\")));
  }

  private static <R> List<String> headingLines(Column<R> column, Table<R> table) {
    int most = Math.max(HEADING, longest(column, table));
    List<String> lines = new ArrayList<>();
    for (String word : column.label().split(" ")) {
      int last = lines.size() - 1;
      if (last >= 0 && lines.get(last).length() + 1 + word.length() <= most) {
        lines.set(last, lines.get(last) + " " + word);
      } else {
        lines.add(word);
      }
    }
    return lines;
  }

  private static <R> String line(List<Column<R>> columns, Function<Column<R>, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(" & ", "    ", " \\\\\n"));
  }

  /** Escapes special LaTeX characters in a text. */
  static String escaped(String text) {
    return text.codePoints().mapToObj(Latex::escaped).collect(Collectors.joining());
  }

  private static String escaped(int character) {
    String itself = Character.toString(character);
    return Optional.ofNullable(ESCAPES.get(character))
        .orElse(PRECEDED_BY_A_BACKSLASH.contains(itself) ? "\\" + itself : itself);
  }
}
