package org.bagnetlab.server.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of rows of any type, with columns that read values from the rows.
 *
 * @param <R> type of the rows
 * @param name name for files and references
 * @param title title without a full stop
 * @param columns the columns in order
 * @param rows the rows in order
 * @param notes sentences needed to understand the values
 */
public record Table<R>(
    String name, String title, List<Column<R>> columns, List<R> rows, List<String> notes) {

  /** Maximum number of characters in a cell that is written on one line. */
  static final int LONGEST_LINE = 45;

  /** The word used in captions for a missing value that other rows have. */
  private static final String NONE = "none";

  /** This table with an additional note at the end. */
  public Table<R> with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Table<>(name, title, columns, rows, more);
  }

  /** The columns, except settings that are equal in all rows; these are in the caption. */
  List<Column<R>> varying() {
    return columns.stream()
        .filter(column -> column.role() != Column.Role.SETTING || values(column).size() > 1)
        .toList();
  }

  /** The title, the settings of the rows that are not usual and the notes, as sentences. */
  List<String> caption() {
    List<String> sentences = new ArrayList<>(List.of(title + "."));
    for (Column<R> column : columns) {
      List<String> values = values(column);
      if (column.role() == Column.Role.SETTING
          && values.stream().anyMatch(some -> !some.equals(NONE))
          && rows.stream().filter(this::hasSettings).anyMatch(row -> !column.usual().test(row))) {
        sentences.add("%s: %s.".formatted(column.label(), String.join(", ", values)));
      }
    }
    sentences.addAll(notes);
    return sentences;
  }

  /**
   * The distinct values of a column, in the order of the rows. Rows without any setting were not
   * measured here and are left out.
   */
  private List<String> values(Column<R> column) {
    return rows.stream()
        .filter(this::hasSettings)
        .map(row -> column.text().apply(row).orElse(NONE))
        .distinct()
        .toList();
  }

  private boolean hasSettings(R row) {
    return columns.stream()
        .filter(column -> column.role() == Column.Role.SETTING)
        .anyMatch(column -> column.text().apply(row).isPresent());
  }
}
