package org.bagnetlab.server.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of any kind in columns.
 *
 * @param <R> the rows
 * @param name for files and references
 * @param title what it shows, without a full stop
 * @param columns in their order
 * @param rows in their order
 * @param notes sentences without which the values cannot be read
 */
public record Table<R>(
    String name, String title, List<Column<R>> columns, List<R> rows, List<String> notes) {

  /** Characters of a cell on one line. */
  static final int LONGEST_LINE = 45;

  /** How a caption names the absence of a value that other rows have. */
  private static final String NONE = "none";

  /** The same with one more note at the end. */
  public Table<R> with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Table<>(name, title, columns, rows, more);
  }

  /** The columns without the settings that all rows have in common, which are in the caption. */
  List<Column<R>> varying() {
    return columns.stream()
        .filter(column -> column.role() != Column.Role.SETTING || values(column).size() > 1)
        .toList();
  }

  /** The title, the settings of the rows and the notes, in sentences. */
  List<String> caption() {
    List<String> sentences = new ArrayList<>(List.of(title + "."));
    for (Column<R> column : columns) {
      List<String> values = values(column);
      if (column.role() == Column.Role.SETTING
          && values.stream().anyMatch(some -> !some.equals(NONE))) {
        sentences.add("%s: %s.".formatted(column.label(), String.join(", ", values)));
      }
    }
    sentences.addAll(notes);
    return sentences;
  }

  /**
   * The different values of a column, in the order of the rows. Rows without any setting were not
   * measured here, and are left out.
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
