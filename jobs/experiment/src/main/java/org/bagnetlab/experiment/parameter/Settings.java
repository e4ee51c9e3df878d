package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a job is done: the values of an experiment's parameters, in their order. One without a value
 * is not among them. Settings are equal if their values are.
 */
public final class Settings {

  private final List<Parameter<?>> parameters;
  private final Map<String, Object> values;

  private Settings(List<Parameter<?>> parameters, Map<String, Object> values) {
    this.parameters = parameters;
    this.values = Collections.unmodifiableMap(values);
  }

  /** None. */
  public static Settings none() {
    return new Settings(List.of(), Map.of());
  }

  /**
   * Those of a job.
   *
   * @param specification with a component of the name of each parameter
   */
  public static Settings of(List<Parameter<?>> parameters, Record specification) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      component(specification, parameter.name())
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    return new Settings(parameters, values);
  }

  /** The value of a record's component, which may be an optional one. */
  static Optional<?> component(Record specification, String name) {
    Object value =
        Arrays.stream(specification.getClass().getRecordComponents())
            .filter(component -> component.getName().equals(name))
            .findFirst()
            .map(component -> valueOf(component, specification))
            .orElseThrow();
    return value instanceof Optional<?> optional ? optional : Optional.of(value);
  }

  private static Object valueOf(RecordComponent component, Record specification) {
    try {
      return Objects.requireNonNull(component.getAccessor().invoke(specification));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** The value of a parameter; empty: it has none, or was left out. */
  @SuppressWarnings("unchecked") // the component of the parameter's name has its type
  public <T> Optional<T> find(Parameter<T> parameter) {
    return Optional.ofNullable((T) values.get(parameter.name()));
  }

  /** What jobs have in common that may differ in this. */
  public Settings without(Parameter<?> parameter) {
    return where(each -> !each.name().equals(parameter.name()));
  }

  /** Only what identifies what a job is about: other jobs with the same can be averaged with it. */
  public Settings identifying() {
    return where(parameter -> parameter.role() == ParameterRole.IDENTITY);
  }

  private Settings where(Predicate<Parameter<?>> condition) {
    List<Parameter<?>> left = parameters.stream().filter(condition).toList();
    Map<String, Object> kept = new LinkedHashMap<>();
    for (Parameter<?> parameter : left) {
      find(parameter).ifPresent(value -> kept.put(parameter.name(), value));
    }
    return new Settings(left, kept);
  }

  /** The same with another value of a parameter, or with one that they say nothing of. */
  public <T> Settings with(Parameter<T> parameter, Optional<T> value) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    if (!says(parameter)) {
      all.add(parameter);
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    for (Parameter<?> each : all) {
      Optional<?> chosen = each.name().equals(parameter.name()) ? value : find(each);
      chosen.ifPresent(some -> changed.put(each.name(), some));
    }
    return new Settings(all, changed);
  }

  /** Whether they say what a parameter is, be it that it has no value. */
  public boolean says(Parameter<?> parameter) {
    return parameters.stream().anyMatch(each -> each.name().equals(parameter.name()));
  }

  /** The value of a parameter, in the form of a request; empty: it has none, or was left out. */
  public <T> Optional<JsonNode> request(Parameter<T> parameter) {
    return find(parameter).map(parameter.type()::request);
  }

  /** By the first parameter in which they differ: none, then small numbers and words. */
  public static Comparator<Settings> order(List<Parameter<?>> parameters) {
    return (one, other) ->
        parameters.stream()
            .mapToInt(parameter -> compare(parameter, one, other))
            .filter(order -> order != 0)
            .findFirst()
            .orElse(0);
  }

  private static <T> int compare(Parameter<T> parameter, Settings one, Settings other) {
    Optional<T> value = one.find(parameter);
    Optional<T> others = other.find(parameter);
    if (value.isEmpty() || others.isEmpty()) {
      return Boolean.compare(value.isPresent(), others.isPresent());
    }
    JsonNode node = parameter.type().request(value.get());
    JsonNode othersNode = parameter.type().request(others.get());
    return node.isNumber()
        ? Double.compare(node.doubleValue(), othersNode.doubleValue())
        : node.asText().compareTo(othersNode.asText());
  }

  /** What titles and captions say of them, in their order. */
  public List<String> phrases() {
    Values before = new Values();
    List<String> phrases = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      phrase(parameter, before).ifPresent(phrases::add);
    }
    return phrases;
  }

  /** Of one parameter, whose value is added to those before it. */
  private <T> Optional<String> phrase(Parameter<T> parameter, Values before) {
    Optional<T> value = find(parameter);
    boolean usual = value.equals(parameter.defaultValue().in(before));
    value.ifPresent(some -> before.put(parameter, some));
    return parameter
        .wording()
        .phrase()
        .filter(phrase -> phrase.always() || !usual)
        .flatMap(phrase -> value.map(phrase.words()));
  }

  /** The values by their parameters' names. */
  @JsonValue
  public Map<String, Object> byName() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
