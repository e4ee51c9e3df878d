package org.bagnetlab.server.results.list;

import java.util.List;
import java.util.Optional;

/**
 * A parameter of trainings with a value, which runs of a list have.
 *
 * @param column of the parameter
 * @param value as runs have it in an order, in which 64 and 64.0 are the same
 */
public record ParameterValue(RunColumn column, RunColumn.Key value) {

  /** The names of parameters, in their order. */
  public static List<String> names() {
    return RunColumn.list().stream().filter(RunColumn::isParameter).map(RunColumn::name).toList();
  }

  /** Empty: there is no parameter of this name, or it is a number and the text is none. */
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
