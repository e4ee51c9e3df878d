package org.bagnetlab.worker.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Records the origin of weights in a checkpoint, so that they keep their regime when they are
 * imported elsewhere.
 */
final class TrainingOrigin {

  /**
   * Maximum length of the regime of imported weights. The data set and the weights are stored as
   * separate facts.
   */
  private static final int LONGEST_REGIME = 80;

  private TrainingOrigin() {}

  /**
   * The facts of the training for a {@link org.bagnetlab.vision.checkpoint.Checkpoint}, followed by
   * the other facts.
   */
  static Map<String, String> before(Map<String, String> others, TrainSpec spec) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("regime", regime(spec));
    facts.put("dataset", spec.dataset());
    spec.weights().ifPresent(weights -> facts.put("weights", weights.name()));
    spec.fromRun()
        .ifPresent(from -> facts.put(TrainExperiment.FROM_RUN.name(), String.valueOf(from.run())));
    for (Parameter<?> parameter : spec.settings().unusual()) {
      spec.settings()
          .request(parameter)
          .ifPresent(value -> facts.put(parameter.name(), value.asText()));
    }
    facts.putAll(others);
    return facts;
  }

  private static String regime(TrainSpec spec) {
    String dataset = spec.dataset();
    Stream<String> shorterAndShorter =
        origin(spec)
            .map(
                origin ->
                    Stream.of(
                        "fine-tuned here on %s%s".formatted(dataset, origin),
                        "fine-tuned here on %s".formatted(dataset),
                        "fine-tuned here"))
            .orElseGet(() -> Stream.of("trained here on %s".formatted(dataset), "trained here"));
    return shorterAndShorter
        .filter(regime -> regime.length() <= LONGEST_REGIME)
        .findFirst()
        .orElseThrow();
  }

  /** The number of a run means nothing in another lab, so the run's regime is named. */
  private static Optional<String> origin(TrainSpec spec) {
    return spec.weights()
        .map(weights -> " from " + weights.name())
        .or(() -> spec.fromRun().map(from -> ", " + from.ofAnyRun().regime()));
  }
}
