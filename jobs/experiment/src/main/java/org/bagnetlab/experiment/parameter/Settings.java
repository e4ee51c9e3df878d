package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The settings of a job: the values of an experiment's parameters, in their order. A parameter that
 * has no value differs from one that is left out: having no value is a valid setting. Two settings
 * are equal if they cover the same parameters with equal values.
 */
public final class Settings {

  private final List<Parameter<?>> parameters;
  private final Map<String, Optional<?>> values;

  /** Zero until it is asked for: settings are keys of maps. Computing it twice does no harm. */
  private int hash;

  private Settings(List<Parameter<?>> parameters, Map<String, Optional<?>> values) {
    this.parameters = parameters;
    this.values = values;
  }

  /** Settings that cover no parameter. */
  public static Settings none() {
    return new Settings(List.of(), Map.of());
  }

  /** The settings of a job: the values read from its request. */
  public static Settings of(List<Parameter<?>> parameters, Values values) {
    Map<String, Optional<?>> all = new LinkedHashMap<>();
    parameters.forEach(parameter -> all.put(parameter.name(), values.find(parameter)));
    return new Settings(parameters, all);
  }

  /**
   * The settings in a stored specification.
   *
   * @param stored the values by their parameters' names; others are ignored
   * @throws IllegalArgumentException if a value is missing or not allowed
   */
  public static Settings stored(List<Parameter<?>> parameters, ObjectNode stored) {
    Map<String, Optional<?>> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      values.put(parameter.name(), parameter.stored(stored));
    }
    return new Settings(parameters, values);
  }

  /** A copy with the defaults of those parameters that it does not cover yet. */
  public Settings completedBy(List<Parameter<?>> parameters) {
    Values before = new Values();
    Map<String, Optional<?>> all = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      all.put(parameter.name(), completed(parameter, before));
    }
    return new Settings(parameters, all);
  }

  private <T> Optional<T> completed(Parameter<T> parameter, Values before) {
    Optional<T> value = covers(parameter) ? find(parameter) : parameter.defaultValue().in(before);
    value.ifPresent(some -> before.put(parameter, some));
    return value;
  }

  /**
   * Checks the values again, as when they were read, with a value that was not known then.
   *
   * @throws org.bagnetlab.experiment.request.InvalidSpec if a value does not fit
   */
  public <T> void checkGiven(Parameter<T> known, T value) {
    Values before = new Values();
    before.put(known, value);
    parameters.forEach(parameter -> check(parameter, before));
  }

  private <T> void check(Parameter<T> parameter, Values before) {
    find(parameter)
        .ifPresent(
            value -> {
              parameter.check(value, before);
              before.put(parameter, value);
            });
  }

  /** The value of a parameter; empty if it has no value or is left out. */
  @SuppressWarnings("unchecked") // the value was put with the parameter of that name
  public <T> Optional<T> find(Parameter<T> parameter) {
    return (Optional<T>) values.getOrDefault(parameter.name(), Optional.empty());
  }

  /** Whether these settings cover a parameter, with or without a value. */
  public boolean covers(Parameter<?> parameter) {
    return values.containsKey(parameter.name());
  }

  /** A copy without a parameter. */
  public Settings without(Parameter<?> parameter) {
    return where(each -> !each.name().equals(parameter.name()));
  }

  /**
   * Only the parameters with the role {@link ParameterRole#IDENTITY}. If they are equal, the
   * numbers of two jobs can be averaged.
   */
  public Settings identifying() {
    return where(parameter -> parameter.role() == ParameterRole.IDENTITY);
  }

  /** Only these parameters. */
  public Settings only(List<Parameter<?>> some) {
    return where(some::contains);
  }

  private Settings where(Predicate<Parameter<?>> condition) {
    Map<String, Optional<?>> kept = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      if (covers(parameter) && condition.test(parameter)) {
        kept.put(parameter.name(), find(parameter));
      }
    }
    return new Settings(parameters, kept);
  }

  /** A copy with another value of a parameter, or with none. */
  public <T> Settings with(Parameter<T> parameter, Optional<T> value) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    if (all.stream().noneMatch(each -> each.name().equals(parameter.name()))) {
      all.add(parameter);
    }
    Map<String, Optional<?>> changed = new LinkedHashMap<>();
    for (Parameter<?> each : all) {
      if (each.name().equals(parameter.name())) {
        changed.put(each.name(), value);
      } else if (covers(each)) {
        changed.put(each.name(), find(each));
      }
    }
    return new Settings(all, changed);
  }

  /**
   * The value of a parameter, in the form of a request; empty if it has no value or is left out.
   */
  public <T> Optional<JsonNode> request(Parameter<T> parameter) {
    return find(parameter).map(parameter.type()::request);
  }

  /**
   * Orders settings by the first of these parameters in which they differ: no value comes first,
   * smaller numbers come before larger ones, choices are in their order, and words in alphabetical
   * order.
   */
  public static Comparator<Settings> order(List<Parameter<?>> parameters) {
    return (one, other) -> {
      for (Parameter<?> parameter : parameters) {
        int order = compare(parameter, one, other);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static <T> int compare(Parameter<T> parameter, Settings one, Settings other) {
    Optional<T> value = one.find(parameter);
    Optional<T> others = other.find(parameter);
    if (value.equals(others)) {
      return 0;
    }
    if (value.isEmpty() || others.isEmpty()) {
      return Boolean.compare(value.isPresent(), others.isPresent());
    }
    return compare(parameter.type(), value.get(), others.get());
  }

  private static <T> int compare(ParameterType<T> type, T value, T other) {
    if (value instanceof Number number && other instanceof Number otherNumber) {
      return Double.compare(number.doubleValue(), otherNumber.doubleValue());
    }
    if (value instanceof Enum<?> choice && other instanceof Enum<?> otherChoice) {
      return compareChoices(choice, otherChoice);
    }
    return type.request(value).asText().compareTo(type.request(other).asText());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // both are choices of one parameter
  private static int compareChoices(Enum<?> choice, Enum<?> other) {
    return ((Enum) choice).compareTo(other);
  }

  /** The phrases for titles and captions, in order, by the parameters' names. */
  public Map<String, String> phrases() {
    List<Parameter<?>> unusual = unusual();
    Map<String, String> phrases = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      phrase(parameter, unusual.contains(parameter))
          .ifPresent(phrase -> phrases.put(parameter.name(), phrase));
    }
    return phrases;
  }

  private <T> Optional<String> phrase(Parameter<T> parameter, boolean unusual) {
    return parameter
        .wording()
        .phrase()
        .filter(phrase -> phrase.always() || unusual)
        .flatMap(phrase -> find(parameter).map(phrase.words()));
  }

  /** The parameters that titles and captions mention only because their values are not defaults. */
  public List<Parameter<?>> unusual() {
    Values before = new Values();
    List<Parameter<?>> unusual = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      if (!isDefault(parameter, before)
          && parameter.wording().phrase().filter(phrase -> !phrase.always()).isPresent()) {
        unusual.add(parameter);
      }
    }
    return unusual;
  }

  /** The parameters that have the values that they have in a request without them. */
  public List<Parameter<?>> defaults() {
    Values before = new Values();
    List<Parameter<?>> defaults = new ArrayList<>();
    for (Parameter<?> parameter : parameters) {
      if (isDefault(parameter, before)) {
        defaults.add(parameter);
      }
    }
    return defaults;
  }

  /** The parameters whose values are not the defaults that follow from the others. */
  public List<Parameter<?>> changed() {
    List<Parameter<?>> changed = new ArrayList<>(parameters);
    changed.removeAll(defaults());
    return changed;
  }

  /**
   * Whether a parameter has its default, given the earlier values. Adds the parameter's value to
   * them.
   */
  private <T> boolean isDefault(Parameter<T> parameter, Values before) {
    Optional<T> value = find(parameter);
    boolean isDefault = value.equals(parameter.defaultValue().in(before));
    value.ifPresent(some -> before.put(parameter, some));
    return isDefault;
  }

  /** The values that the memory needed by a job may depend on, by their parameters' names. */
  public Map<String, Object> affectingMemory() {
    Map<String, Object> affecting = byName();
    parameters.stream()
        .filter(parameter -> !parameter.changesMemory())
        .forEach(parameter -> affecting.remove(parameter.name()));
    return affecting;
  }

  /** The values by their parameters' names, without parameters that have no value. */
  @JsonValue
  public Map<String, Object> byName() {
    Map<String, Object> present = new LinkedHashMap<>();
    values.forEach((name, value) -> value.ifPresent(some -> present.put(name, some)));
    return present;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Settings settings
            && settings.hashCode() == hashCode()
            && settings.values.equals(values));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = values.hashCode();
      hash = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return byName().toString();
  }
}
