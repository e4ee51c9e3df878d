package org.bagnetlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * The complete specification of a job: every choice that its result depends on has a value. Each
 * experiment has a record of this type, whose components are the experiment's parameters, or their
 * {@link Settings}.
 */
@JsonPropertyOrder("kind")
public interface JobSpec {

  /** The name of the experiment. */
  @JsonProperty("kind")
  String kind();

  /** The values of the parameters; none for an experiment that this version does not know. */
  default Settings settings() {
    return Experiments.of(this)
        .map(experiment -> Settings.of(experiment.parameters(), (Record) this))
        .orElseGet(Settings::none);
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
}
