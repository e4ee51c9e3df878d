package org.bagnetlab.server.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes comma-separated values (RFC 4180). */
public final class Csv {

  private Csv() {}

  /** All fields of a table, after a header line. */
  public static <R> String of(Table<R> table) {
    List<Column.Field<R>> fields =
        table.columns().stream().flatMap(column -> column.fields().stream()).toList();
    StringBuilder csv = new StringBuilder();
    csv.append(line(fields.stream().map(Column.Field::name).toList()));
    for (R row : table.rows()) {
      csv.append(line(fields.stream().map(field -> value(field.value().apply(row))).toList()));
    }
    return csv.toString();
  }

  private static String value(Optional<?> value) {
    return value.map(String::valueOf).orElse("");
  }

  /** A line of fields, with its line break. */
  public static String line(List<String> fields) {
    return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String field) {
    return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
