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
 * The complete specification of a job: its experiment and the values of the parameters, so that
 * every choice that its result depends on has a value.
 */
public interface JobSpec {

  /** The name of the experiment. */
  String kind();

  /** The values of the parameters; none for an experiment that this version does not know. */
  Settings settings();

  /**
   * The value of a parameter.
   *
   * @throws NoSuchElementException if it has none, which has a meaning
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
   * Names of parameters that are not stored, since a specification without them means the same:
   * parameters added by a module, at their defaults. Thus jobs from before the module was added are
   * recognised as equal, and remain known when it is removed.
   */
  default Set<String> implied() {
    return Set.of();
  }

  /** The data set that the job names; empty: it uses the data set of its run. */
  default Optional<String> reads() {
    return Optional.empty();
  }

  /** The imported weights that the job reads; empty: none. */
  default Optional<WeightsVersion> needs() {
    return Optional.empty();
  }

  /** The number of the run that the job is about; empty: it needs none. */
  default Optional<Long> subject() {
    return Optional.empty();
  }

  /** The kind, then the values by parameter name, in order, without those that have none. */
  @JsonValue
  default Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Experiments.KIND, kind());
    json.putAll(settings().byName());
    return json;
  }
}
