package org.bagnetlab.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.StartingWeights;

/** Says in a checkpoint how its weights came about, so that they keep their regime elsewhere. */
final class TrainingOrigin {

  private TrainingOrigin() {}

  /** Facts of a {@link org.bagnetlab.vision.checkpoint.Checkpoint}, before some others. */
  static Map<String, String> before(Map<String, String> others, JobSpec.Train spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("regime", regime(spec));
    facts.put("dataset", spec.dataset());
    spec.weights().ifPresent(weights -> facts.put("weights", weights.name()));
    facts.putAll(others);
    return facts;
  }

  private static String regime(JobSpec.Train spec) {
    return spec.weights()
        .map(StartingWeights::name)
        .map(name -> "fine-tuned here on %s from %s".formatted(spec.dataset(), name))
        .orElseGet(() -> "trained here on %s".formatted(spec.dataset()));
  }
}
