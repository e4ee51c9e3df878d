package org.bagnetlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * What a job is to do, complete: every choice that its result depends on has a value. Each
 * experiment has a record of this type, whose components are the experiment's parameters, or their
 * {@link Settings}.
 */
@JsonPropertyOrder("kind")
public interface JobSpec {

  /** The name of the experiment. */
  @JsonProperty("kind")
  String kind();

  /** The value of each parameter; none of an experiment that this version does not know. */
  default Settings settings() {
    return Experiments.of(this)
        .map(experiment -> Settings.of(experiment.parameters(), (Record) this))
        .orElseGet(Settings::none);
  }

  /**
   * Names of parameters that are not stored, since a specification without them is read as this
   * one: those that a module added, where they have their default. So jobs from before the module
   * was added are recognised as equal, and are still known when it is removed.
   */
  default Set<String> implied() {
    return Set.of();
  }

  /** The data set that the job names; empty: it reads that of the run that it is about. */
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
