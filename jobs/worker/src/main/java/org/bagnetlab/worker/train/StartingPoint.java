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
import org.bagnetlab.vision.staging.DamagedException;
import org.bagnetlab.vision.weights.WeightsFacts;
import org.bagnetlab.vision.weights.WeightsStore;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;

/**
 * Where a training starts.
 *
 * @param architecture what is trained
 * @param weights imported ones; empty: those that the engine draws
 */
record StartingPoint(Architecture architecture, Optional<Map<String, float[]>> weights) {

  /**
   * What the running statistics of a batch norm take from each batch, at least, where they start
   * from nothing. The original BagNets' first layer takes a thousandth: a short training would end
   * before it knew its images.
   */
  private static final double LEAST_MOMENTUM = 0.1;

  /** From random weights, or from those that the job names. */
  static StartingPoint of(Run run, TrainSpec spec, Architecture architecture) throws IOException {
    if (spec.weights().isEmpty()) {
      return new StartingPoint(architecture.withMomentumAtLeast(LEAST_MOMENTUM), Optional.empty());
    }
    StartingWeights asked = spec.weights().get();
    FittedWeights fitted =
        FittedWeights.of(
                CheckpointFile.read(
                    file(Path.of(run.assignment().weights().orElseThrow()), spec, asked)),
                Run.blueprint(spec),
                Optional.of(spec.width()))
            .withClasses(architecture.classes(), spec.seed());
    System.err.printf("Starting from the weights '%s' (%s).%n", asked.name(), asked.regime());
    fitted.notes().forEach(System.err::println);
    return new StartingPoint(architecture, Optional.of(fitted.values()));
  }

  /** The file of the weights, if they still are those that the job was queued with. */
  static Path file(Path folder, TrainSpec spec, StartingWeights asked) throws IOException {
    WeightsStore store = new WeightsStore(folder);
    WeightsFacts facts =
        found(store, asked.name())
            .orElseThrow(
                () ->
                    invalid(
                        "weights-missing",
                        "The weights '%s' no longer exist. Import them again and submit a new job."
                            .formatted(asked.name())));
    if (!facts.checksum().equals(asked.checksum())) {
      throw invalid(
          "weights-changed",
          "The weights '%s' were replaced by another file (SHA-256 %s) after this job was queued (%s). Submit a new job to start from the new weights."
              .formatted(asked.name(), shortened(facts.checksum()), shortened(asked.checksum())));
    }
    if (!facts.architecture().equals(spec.architecture()) || facts.width() != spec.width()) {
      throw invalid(
          "weights-changed",
          "The weights '%s' were replaced after this job was queued: they are now %s of width %s instead of %s of width %s. Submit a new job to start from the new weights."
              .formatted(
                  asked.name(),
                  facts.architecture(),
                  facts.width(),
                  spec.architecture(),
                  spec.width()));
    }
    return store.file(asked.name());
  }

  private static Optional<WeightsFacts> found(WeightsStore store, String name) {
    try {
      return store.find(name);
    } catch (DamagedException e) {
      throw invalid("weights-damaged", e.damaged().problem());
    }
  }

  private static String shortened(String checksum) {
    return checksum.substring(0, Math.min(12, checksum.length()));
  }

  private static InvalidJob invalid(String code, String message) {
    return new InvalidJob(code, "weights", message);
  }

  /** Gives a compiled network the imported weights, if there are any. */
  void load(Network network) {
    weights.ifPresent(network::load);
  }
}
