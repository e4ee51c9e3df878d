package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainSpec;

/** Reads stored specifications of trainings. */
final class RunSpec {

  private RunSpec() {}

  static TrainSpec training(String json) {
    try {
      return (TrainSpec) Experiments.read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot parse stored specification: " + json, e);
    }
  }
}
