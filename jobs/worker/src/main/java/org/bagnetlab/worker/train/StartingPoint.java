package org.bagnetlab.worker.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.worker.run.NetworkShape;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WeightsFile;

/**
 * The starting point of a training.
 *
 * @param architecture architecture to train
 * @param weights imported weights; empty if the engine draws random ones
 */
record StartingPoint(Architecture architecture, Optional<Map<String, float[]>> weights) {

  /**
   * Minimum momentum of batch normalisation for trainings from scratch: the share that the running
   * statistics take from each batch. The first layer of the original BagNets takes a thousandth,
   * with which a short training would end before the statistics fit its images.
   */
  private static final double LEAST_MOMENTUM = 0.1;

  /** Starts from random weights, or from the weights that the job names. */
  static StartingPoint of(Run run, TrainSpec spec, Architecture architecture) throws IOException {
    if (spec.weights().isEmpty()) {
      return new StartingPoint(architecture.withMomentumAtLeast(LEAST_MOMENTUM), Optional.empty());
    }
    StartingWeights asked = spec.weights().get();
    FittedWeights fitted =
        FittedWeights.of(
                CheckpointFile.read(
                    WeightsFile.of(
                        Path.of(run.assignment().weights().orElseThrow()),
                        asked.version(),
                        spec.architecture(),
                        spec.width())),
                NetworkShape.of(spec).blueprint(),
                Optional.of(spec.width()))
            .withClasses(architecture.classes(), spec.seed());
    System.err.printf("Starting from the weights '%s' (%s).%n", asked.name(), asked.regime());
    fitted.notes().forEach(System.err::println);
    return new StartingPoint(architecture, Optional.of(fitted.values()));
  }

  /** Loads the imported weights, if any, into a compiled network. */
  void load(Network network) {
    weights.ifPresent(network::load);
  }
}
