package org.bagnetlab.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * The complete specification of a job: its experiment and a value for every parameter that its
 * result depends on.
 */
public interface JobSpec {

  /** The name of the experiment. */
  String kind();

  /** The values of the parameters; none for an experiment that this version does not know. */
  Settings settings();

  /**
   * The value of a parameter.
   *
   * @throws NoSuchElementException if the parameter has no value, which can be a valid setting
   */
  default <T> T get(Parameter<T> parameter) {
    return find(parameter)
        .orElseThrow(() -> new NoSuchElementException("no value of " + parameter.name()));
  }

  /** The value of a parameter that may have none. */
  default <T> Optional<T> find(Parameter<T> parameter) {
    return settings().find(parameter);
  }

  /**
   * Names of parameters that are not stored, because a specification without them means the same:
   * parameters added by a module that have their defaults. Jobs from before the module was added
   * are thus recognised as equal, and jobs remain known when the module is removed.
   */
  default Set<String> implied() {
    return Set.of();
  }

  /** The data set that the job names; empty if it uses the data set of its run. */
  default Optional<String> reads() {
    return Optional.empty();
  }

  /** The imported weights that the job reads, if any. */
  default Optional<WeightsVersion> needs() {
    return Optional.empty();
  }

  /**
   * The id of the run whose network the job uses: analyses it, or trains it further. Empty if it
   * needs no run.
   */
  default Optional<Long> subject() {
    return Optional.empty();
  }

  /**
   * The kind, then the values by parameter name, in order, without parameters that have no value.
   */
  @JsonValue
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Experiments.KIND, kind());
    json.putAll(settings().byName());
    return json;
  }
}
