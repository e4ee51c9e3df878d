package org.bagnetlab.server.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a table for LaTeX, using the package booktabs. */
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

  private Latex() {}

  /** A floating table with its caption and a label. */
  public static <R> String of(Table<R> table) {
    List<Column<R>> columns = table.varying();
    String body =
        table.rows().stream()
            .map(row -> line(columns, column -> column.text().apply(row).orElse("–")))
            .collect(Collectors.joining());
    return """
        %% Needs \\usepackage{booktabs}, and for quotation marks \\usepackage[T1]{fontenc}
        \\begin{table}
          \\centering
          \\caption{%s}
          \\label{tab:%s}
          \\begin{tabular}{%s}
            \\toprule
        %s    \\midrule
        %s    \\bottomrule
          \\end{tabular}
        \\end{table}
        """
        .formatted(
            escaped(String.join(" ", table.caption())),
            table.name(),
            columns.stream().map(column -> alignment(column, table)).collect(Collectors.joining()),
            line(columns, Column::label),
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

  private static <R> String line(List<Column<R>> columns, Function<Column<R>, String> text) {
    return columns.stream()
        .map(column -> escaped(text.apply(column)))
        .collect(Collectors.joining(" & ", "    ", " \\\\\n"));
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
