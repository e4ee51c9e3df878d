package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.jspecify.annotations.Nullable;

/**
 * A setting of an experiment. It is declared once; requests, sweep files, the command line, the
 * dashboard's form, the HTTP contract, tables and captions are derived from it.
 *
 * @param name name in requests and in the specification
 * @param wording its texts for users
 * @param option its name on the command line, with two dashes
 * @param type the allowed values
 * @param defaultValue its default
 * @param role the meaning of a difference in the parameter between two jobs
 * @param changesMemory whether the memory that a job needs may depend on its value
 */
public record Parameter<T>(
    String name,
    Wording<T> wording,
    String option,
    ParameterType<T> type,
    Default<T> defaultValue,
    ParameterRole role,
    boolean changesMemory) {

  /** A parameter that is required and that titles and captions omit. */
  public static <T> Parameter<T> of(String name, String label, String help, ParameterType<T> type) {
    return new Parameter<>(
        name,
        new Wording<>(
            label, help, ParameterGroup.MEASUREMENT, Optional.empty(), false, Optional.empty()),
        "--" + dashed(name),
        type,
        Default.required(),
        ParameterRole.IDENTITY,
        true);
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether titles and captions may show its value; otherwise they omit it. */
  public boolean hasPhrase() {
    return wording.phrase().isPresent();
  }

  /** Its label in forms and column headings. */
  public String label() {
    return wording.label();
  }

  /** Its help text, a sentence. */
  public String help() {
    return wording.help();
  }

  /** The group that it belongs to. */
  public ParameterGroup group() {
    return wording.group();
  }

  /** The unit of its values, if they have one. */
  public Optional<String> unit() {
    return wording.unit();
  }

  private Parameter<T> with(Wording<T> wording) {
    return new Parameter<>(name, wording, option, type, defaultValue, role, changesMemory);
  }

  /** A copy with another group. */
  public Parameter<T> group(ParameterGroup group) {
    return with(wording.group(group));
  }

  /** A copy that forms show unfolded, as one of the few settings that matter most. */
  public Parameter<T> essential() {
    return with(wording.asEssential());
  }

  /** Whether forms show it unfolded. */
  public boolean isEssential() {
    return wording.essential() || defaultValue.isRequired();
  }

  /** A copy with a unit. */
  public Parameter<T> in(String unit) {
    return with(wording.in(unit));
  }

  /** A copy whose value titles and captions always show. */
  public Parameter<T> inCaptions(Function<T, String> words) {
    return with(wording.with(new Phrase<>(true, words)));
  }

  /** A copy whose value titles and captions show only if it is not the default. */
  public Parameter<T> inCaptionsIfUnusual(Function<T, String> words) {
    return with(wording.with(new Phrase<>(false, words)));
  }

  /** A copy with another name on the command line. */
  public Parameter<T> option(String option) {
    return new Parameter<>(name, wording, option, type, defaultValue, role, changesMemory);
  }

  /** A copy with a default that depends on other parameters. */
  public Parameter<T> defaultsTo(Default<T> value) {
    return new Parameter<>(name, wording, option, type, value, role, changesMemory);
  }

  /** A copy with a constant default. */
  public Parameter<T> defaultsTo(T value) {
    return defaultsTo(
        Default.of(
            value,
            value instanceof Double number ? Decimal.plain(number) : type.request(value).asText()));
  }

  /** A copy marked as a replicate: jobs that differ only in this parameter repeat each other. */
  public Parameter<T> replicate() {
    return new Parameter<>(
        name, wording, option, type, defaultValue, ParameterRole.REPLICATE, changesMemory);
  }

  /** A copy marked as incidental: no result depends on its value. */
  public Parameter<T> incidental() {
    return new Parameter<>(
        name, wording, option, type, defaultValue, ParameterRole.INCIDENTAL, changesMemory);
  }

  /** A copy marked as having no influence on the memory that a job needs. */
  public Parameter<T> keepsMemory() {
    return new Parameter<>(name, wording, option, type, defaultValue, role, false);
  }

  /**
   * Takes its value from a request, or uses its default.
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
          check(some, values);
          values.put(this, some);
        });
  }

  /**
   * Rejects a value that does not fit the earlier values.
   *
   * @throws InvalidSpec naming this parameter
   */
  void check(T value, Values before) {
    type.problem(value, name, before)
        .ifPresent(
            problem -> {
              throw new InvalidSpec(name, problem);
            });
  }

  /**
   * Its value in a stored specification; empty if it has no value, which is a valid setting.
   *
   * @throws IllegalArgumentException if the value is missing or of another type
   */
  Optional<T> stored(ObjectNode specification) {
    @Nullable JsonNode value = specification.get(name);
    if (value != null && !value.isNull()) {
      return Optional.of(type.stored(value));
    }
    if (!defaultValue.absent()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return Optional.empty();
  }

  /** Uses the default instead of an invalid value, so that other parameters can be checked. */
  void readDefault(Values values) {
    defaultValue.in(values).ifPresent(value -> values.put(this, value));
  }
}
