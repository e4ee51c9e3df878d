package org.bagnetlab.server.results.list;

import java.util.List;
import java.util.Optional;

/**
 * A parameter of trainings with a value, by which a list of runs is filtered.
 *
 * @param column the column of the parameter
 * @param value the value as a sort key, so that 64 and 64.0 are equal
 */
public record ParameterValue(RunColumn column, RunColumn.Key value) {

  /** The names of all parameters, in order. */
  public static List<String> names() {
    return RunColumn.list().stream().filter(RunColumn::isParameter).map(RunColumn::name).toList();
  }

  /**
   * Parses a value. Empty if there is no such parameter, or if the parameter is numeric and the
   * text is not.
   */
  public static Optional<ParameterValue> of(String name, String text) {
    return RunColumn.find(name)
        .filter(RunColumn::isParameter)
        .flatMap(column -> key(column, text).map(key -> new ParameterValue(column, key)));
  }

  private static Optional<RunColumn.Key> key(RunColumn column, String text) {
    if (column.description().type() != RunColumn.Type.NUMBER) {
      return Optional.of(RunColumn.Key.of(text));
    }
    try {
      return Optional.of(RunColumn.Key.of(Double.parseDouble(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isOf(ListedRun run) {
    return column.key().apply(run).filter(value::equals).isPresent();
  }
}
