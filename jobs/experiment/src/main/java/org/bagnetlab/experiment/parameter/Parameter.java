package org.bagnetlab.experiment.parameter;

import java.util.Optional;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * A setting of an experiment. It is declared once: requests, sweep files, the command line, the
 * dashboard's form and the HTTP contract are derived from it.
 *
 * @param name in requests and in the specification
 * @param label in forms
 * @param help what it decides, in a sentence
 * @param unit of its values, where they have one
 * @param option its name on the command line, with two dashes
 * @param type which values it takes
 * @param defaultValue its default
 * @param before the behaviour of jobs before it was introduced: this value is not stored, so that
 *     jobs from before and after are recognised as equal; empty: it existed from the start
 */
public record Parameter<T>(
    String name,
    String label,
    String help,
    Optional<String> unit,
    String option,
    ParameterType<T> type,
    Default<T> defaultValue,
    Optional<T> before) {

  /** A required parameter. */
  public static <T> Parameter<T> of(String name, String label, String help, ParameterType<T> type) {
    return new Parameter<>(
        name,
        label,
        help,
        Optional.empty(),
        "--" + dashed(name),
        type,
        Default.required(),
        Optional.empty());
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  /** With a unit. */
  public Parameter<T> in(String unit) {
    return new Parameter<>(
        name, label, help, Optional.of(unit), option, type, defaultValue, before);
  }

  /** With another name on the command line. */
  public Parameter<T> option(String option) {
    return new Parameter<>(name, label, help, unit, option, type, defaultValue, before);
  }

  /** With a default that depends on others. */
  public Parameter<T> defaultsTo(Default<T> value) {
    return new Parameter<>(name, label, help, unit, option, type, value, before);
  }

  /** With a default. */
  public Parameter<T> defaultsTo(T value) {
    return defaultsTo(Default.of(value, type.request(value).asText()));
  }

  /** Introduced after jobs were stored that did this. */
  public Parameter<T> before(T value) {
    return new Parameter<>(name, label, help, unit, option, type, defaultValue, Optional.of(value));
  }

  /**
   * Takes its value from a request, or its default.
   *
   * @throws InvalidSpec if the value is missing or wrong
   */
  void read(Fields fields, Values values) {
    Optional<T> said = type.read(fields, name, values);
    if (said.isEmpty() && defaultValue.isRequired()) {
      throw type.missing(name, values);
    }
    Optional<T> value = said.isPresent() ? said : defaultValue.in(values);
    value.ifPresent(
        some -> {
          type.check(some, name, values);
          values.put(this, some);
        });
  }

  /** Takes its default in place of a value that is wrong, so that others can be looked at. */
  void readDefault(Values values) {
    defaultValue.in(values).ifPresent(value -> values.put(this, value));
  }
}
