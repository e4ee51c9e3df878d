package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.TrainSpec;

/** Reads stored specifications. */
final class RunSpec {

  private RunSpec() {}

  static TrainSpec training(String json) {
    return (TrainSpec) read(json);
  }

  static JobSpec read(String json) {
    try {
      return Experiments.read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot parse stored specification: " + json, e);
    }
  }
}
