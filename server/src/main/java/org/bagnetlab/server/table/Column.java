package org.bagnetlab.server.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A column of a table.
 *
 * @param <R> type of the rows
 * @param label displayed heading
 * @param role what the column tells about a row
 * @param fields machine-readable values; an accuracy has several, such as the ends of its interval
 * @param text returns the displayed value of a row; empty if there is none
 * @param usual whether a row has the usual value of a setting, which captions leave out
 */
public record Column<R>(
    String label,
    Role role,
    List<Field<R>> fields,
    Function<R, Optional<String>> text,
    Predicate<R> usual) {

  /** A column whose values are all mentioned in captions if they are settings. */
  public Column(
      String label, Role role, List<Field<R>> fields, Function<R, Optional<String>> text) {
    this(label, role, fields, text, row -> false);
  }

  /** What a column tells about a row. */
  public enum Role {
    /** Identifies the row. */
    NAME,
    /**
     * How the values of the row were obtained. A setting that is equal in all rows is shown only in
     * the caption.
     */
    SETTING,
    /** A measured result. */
    VALUE
  }

  /**
   * A machine-readable value of a row.
   *
   * @param name heading of the field
   * @param value returns the value with all digits; empty if there is none
   */
  public record Field<R>(String name, Function<R, Optional<?>> value) {}

  /** A column with a single field, whose displayed and machine-readable values are the same. */
  public static <R> Column<R> of(
      String name, String label, Role role, Function<R, Optional<?>> value) {
    return new Column<>(
        label,
        role,
        List.of(new Field<>(name, value)),
        row -> value.apply(row).map(String::valueOf));
  }

  /** This column of a setting, with the rows that have its usual value. */
  public Column<R> usualIf(Predicate<R> rows) {
    return new Column<>(label, role, fields, text, rows);
  }

  /** This column with another displayed text. */
  public Column<R> shownAs(Function<R, Optional<String>> shown) {
    return new Column<>(label, role, fields, shown, usual);
  }
}
