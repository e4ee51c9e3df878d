package org.bagnetlab.server.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param <R> the type of rows
 * @param label its heading for readers
 * @param role what it tells about a row
 * @param fields its values for programs; an accuracy has several, such as the ends of its interval
 * @param text a row's value for readers; empty if there is none
 */
public record Column<R>(
    String label, Role role, List<Field<R>> fields, Function<R, Optional<String>> text) {

  /** What a column tells about a row. */
  public enum Role {
    /** What the row is about. */
    NAME,
    /** How its values were obtained. A setting that is equal in all rows is only in the caption. */
    SETTING,
    /** The measured result. */
    VALUE
  }

  /**
   * A value of a row for programs.
   *
   * @param name heading of the field
   * @param value the value with all digits; empty if there is none
   */
  public record Field<R>(String name, Function<R, Optional<?>> value) {}

  /** A column with one field, whose values are the same for readers and programs. */
  public static <R> Column<R> of(
      String name, String label, Role role, Function<R, Optional<?>> value) {
    return new Column<>(
        label,
        role,
        List.of(new Field<>(name, value)),
        row -> value.apply(row).map(String::valueOf));
  }

  /** The same column with another text for readers. */
  public Column<R> shownAs(Function<R, Optional<String>> shown) {
    return new Column<>(label, role, fields, shown);
  }
}
