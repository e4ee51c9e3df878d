package org.bagnetlab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.protocol.Json;

/** All experiments, as services name them, and the specifications of their jobs as JSON. */
public final class Experiments {

  private static final String KIND = "kind";

  private static final Map<String, Experiment<?>> ALL = load();

  /** By the experiment and the parameter: what jobs did before there was that parameter. */
  private static final Map<String, Map<String, JsonNode>> BEFORE = before();

  private Experiments() {}

  private static Map<String, Experiment<?>> load() {
    Map<String, Experiment<?>> all = new LinkedHashMap<>();
    for (Experiment<?> experiment : Modules.descriptions(Experiment.class)) {
      Experiment<?> other = all.put(experiment.name(), experiment);
      if (other != null) {
        throw new ModuleFailure(
            "%s and %s are both named %s: remove one of their modules."
                .formatted(
                    other.getClass().getName(), experiment.getClass().getName(), other.name()));
      }
    }
    return all;
  }

  private static Map<String, Map<String, JsonNode>> before() {
    Map<String, Map<String, JsonNode>> all = new LinkedHashMap<>();
    for (Experiment<?> experiment : ALL.values()) {
      Map<String, JsonNode> before = new LinkedHashMap<>();
      experiment
          .parameters()
          .forEach(
              parameter ->
                  before(parameter).ifPresent(value -> before.put(parameter.name(), value)));
      all.put(experiment.name(), before);
    }
    return all;
  }

  /** All of them, in the order in which people see them. */
  public static List<Experiment<?>> all() {
    return List.copyOf(ALL.values());
  }

  /** All names. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The experiment of this name. */
  public static Optional<Experiment<?>> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /**
   * The experiment of a job; empty: this version does not know it, or not all of its parameters.
   */
  public static Optional<Experiment<?>> of(JobSpec spec) {
    return spec instanceof UnknownSpec ? Optional.empty() : find(spec.kind());
  }

  /**
   * A stored specification. What it lacks is what jobs did before there was a parameter for it; one
   * with a parameter that this version does not know is unknown, since its result depends on it.
   *
   * @throws JsonProcessingException if it is none
   */
  public static JobSpec read(String json) throws JsonProcessingException {
    return read((ObjectNode) Json.MAPPER.readTree(json));
  }

  /**
   * A stored specification. What it lacks is what jobs did before there was a parameter for it; one
   * with a parameter that this version does not know is unknown, since its result depends on it.
   *
   * @throws JsonProcessingException if it is none
   */
  public static JobSpec read(ObjectNode stored) throws JsonProcessingException {
    String kind = stored.path(KIND).asText();
    Optional<Experiment<?>> experiment = find(kind);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    stored.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.remove(KIND);
    if (experiment.isEmpty() || !names(experiment.get()).containsAll(fields.keySet())) {
      return new UnknownSpec(kind, fields);
    }
    return Json.MAPPER.treeToValue(
        complete(stored, BEFORE.getOrDefault(kind, Map.of())), experiment.get().specification());
  }

  /** The names of its parameters. */
  static Set<String> names(Experiment<?> experiment) {
    return experiment.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static ObjectNode complete(ObjectNode stored, Map<String, JsonNode> before) {
    if (before.keySet().stream().allMatch(stored::has)) {
      return stored;
    }
    ObjectNode complete = stored.deepCopy();
    before.forEach(
        (name, value) -> {
          if (!complete.has(name)) {
            complete.set(name, value);
          }
        });
    return complete;
  }

  /**
   * The canonical form of a specification: it is stored, and equal jobs have equal ones. The kind
   * comes first, then the parameters in the order of the record, without those that have no value
   * and those that do what jobs did before they were introduced.
   */
  public static ObjectNode canonical(JobSpec spec) {
    ObjectNode canonical = Json.MAPPER.valueToTree(spec);
    BEFORE
        .getOrDefault(spec.kind(), Map.of())
        .forEach(
            (name, value) -> {
              if (value.equals(canonical.get(name))) {
                canonical.remove(name);
              }
            });
    return canonical;
  }

  private static <T> Optional<JsonNode> before(Parameter<T> parameter) {
    return parameter.before().map(parameter.type()::request);
  }
}
