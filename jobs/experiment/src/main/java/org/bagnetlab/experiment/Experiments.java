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

/** All registered experiments, and the JSON form of their jobs' specifications. */
public final class Experiments {

  static final String KIND = "kind";

  private static final Map<String, Experiment<?>> ALL = load();

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

  /** All experiments, in the order shown to users. */
  public static List<Experiment<?>> all() {
    return List.copyOf(ALL.values());
  }

  /** The names of all experiments. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The experiment with this name. */
  public static Optional<Experiment<?>> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /**
   * The experiment of a job; empty if this version lacks the experiment or one of its parameters.
   */
  public static Optional<Experiment<?>> of(JobSpec spec) {
    return spec instanceof UnknownSpec ? Optional.empty() : find(spec.kind());
  }

  /**
   * Reads a stored specification. If this version lacks one of its parameters it is unknown,
   * because its result depends on that parameter.
   *
   * @throws JsonProcessingException if it is not JSON
   * @throws IllegalArgumentException if it is not a specification
   */
  public static JobSpec read(String json) throws JsonProcessingException {
    return read((ObjectNode) Json.MAPPER.readTree(json));
  }

  /**
   * Reads a stored specification. If this version lacks one of its parameters it is unknown,
   * because its result depends on that parameter.
   *
   * @throws IllegalArgumentException if it is not a specification
   */
  public static JobSpec read(ObjectNode stored) {
    String kind = stored.path(KIND).asText();
    Optional<Experiment<?>> experiment = find(kind);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    stored.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.remove(KIND);
    if (experiment.isEmpty() || !names(experiment.get()).containsAll(fields.keySet())) {
      return new UnknownSpec(kind, fields);
    }
    return experiment.get().stored(stored);
  }

  /** The names of an experiment's parameters. */
  static Set<String> names(Experiment<?> experiment) {
    return experiment.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
  }

  /**
   * The canonical form of a specification, which is stored. Equal jobs have equal forms. The kind
   * comes first, then the parameters in their order, except those without a value and those that
   * are {@linkplain JobSpec#implied implied}.
   */
  public static ObjectNode canonical(JobSpec spec) {
    ObjectNode canonical = Json.MAPPER.valueToTree(spec);
    return canonical.remove(spec.implied());
  }
}
