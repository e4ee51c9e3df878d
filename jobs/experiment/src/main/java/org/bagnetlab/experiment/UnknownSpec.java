package org.bagnetlab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * A stored job with an experiment or a parameter that this version does not know. It can be listed
 * and deleted, but not run, and no table contains its results.
 *
 * @param kind the experiment's name
 * @param fields the job's parameters as they were stored
 */
public record UnknownSpec(String kind, Map<String, JsonNode> fields) implements JobSpec {

  @Override
  public Settings settings() {
    return Settings.none();
  }

  @Override
  public Map<String, Object> toJson() {
    Map<String, Object> json = JobSpec.super.toJson();
    json.putAll(fields);
    return json;
  }

  /** A text naming the unknown part. */
  public String unknown() {
    Optional<Experiment<?>> experiment = Experiments.find(kind);
    if (experiment.isEmpty()) {
      return "no experiment '%s'".formatted(kind);
    }
    Set<String> known = Experiments.names(experiment.get());
    return "no parameter '%s' of %s"
        .formatted(
            fields.keySet().stream().filter(name -> !known.contains(name)).findFirst().orElse(""),
            kind);
  }
}
