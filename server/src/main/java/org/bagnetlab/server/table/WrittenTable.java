package org.bagnetlab.server.table;

import java.util.List;

/**
 * A table as texts, which can be stored and written in any format.
 *
 * @param caption the sentences above it
 * @param headings the headings of its columns
 * @param rows a text for each column
 */
public record WrittenTable(List<String> caption, List<Heading> headings, List<List<String>> rows) {

  /**
   * The heading of a column.
   *
   * @param label its text
   * @param value whether the column has measured values, which are aligned right
   */
  public record Heading(String label, boolean value) {}

  /** The texts of a table. Settings that are equal in all rows are in its caption. */
  public static <R> WrittenTable of(Table<R> table) {
    List<Column<R>> columns = table.varying();
    return new WrittenTable(
        table.caption(),
        columns.stream()
            .map(column -> new Heading(column.label(), column.role() == Column.Role.VALUE))
            .toList(),
        table.rows().stream()
            .map(
                row ->
                    columns.stream().map(column -> column.text().apply(row).orElse("–")).toList())
            .toList());
  }
}
