package org.bagnetlab.worker.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.StartingRun;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.worker.run.NetworkShape;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.WeightsFile;

/**
 * The starting point of a training.
 *
 * @param architecture architecture to train
 * @param weights trained weights; empty if the engine draws random ones
 */
record StartingPoint(Architecture architecture, Optional<Map<String, float[]>> weights) {

  /**
   * Minimum momentum of batch normalisation, except with imported weights: the share that the
   * running statistics take from each batch. The first layer of the original BagNets takes a
   * thousandth, with which a short training would end before the statistics fit its images: they
   * would still be those of the initial values, or of the images of the run that it starts from.
   */
  private static final double LEAST_MOMENTUM = 0.1;

  /**
   * Starts from random weights, or from those that the job names. A training that resumes starts
   * from those of its state, also where it does not change them: the run of its start may be
   * deleted.
   */
  static StartingPoint of(Run run, TrainSpec spec, Architecture architecture, List<String> classes)
      throws IOException {
    if (spec.weights().isPresent()) {
      return imported(run, spec, spec.weights().get(), architecture);
    }
    Architecture adapting = architecture.withMomentumAtLeast(LEAST_MOMENTUM);
    if (spec.fromRun().isPresent()) {
      Optional<Assignment.Resumption> state = run.assignment().resumption();
      return state.isPresent()
          ? new StartingPoint(
              adapting, Optional.of(Checkpoint.read(Path.of(state.get().checkpoint())).weights()))
          : trained(run, spec, spec.fromRun().get(), classes, adapting);
    }
    return new StartingPoint(adapting, Optional.empty());
  }

  private static StartingPoint imported(
      Run run, TrainSpec spec, StartingWeights asked, Architecture architecture)
      throws IOException {
    FittedWeights fitted =
        fitted(
                spec,
                CheckpointFile.read(
                    WeightsFile.of(
                        Path.of(run.assignment().weights().orElseThrow()),
                        asked.version(),
                        spec.architecture(),
                        spec.width())))
            .withClasses(architecture.classes(), spec.seed());
    System.err.printf("Starting from the weights '%s' (%s).%n", asked.name(), asked.regime());
    return loading(architecture, fitted);
  }

  /** The classifier of a run is kept only if it is for the same classes. */
  private static StartingPoint trained(
      Run run, TrainSpec spec, StartingRun from, List<String> classes, Architecture architecture)
      throws IOException {
    CheckpointFile file = CheckpointFile.read(run.checkpoint());
    FittedWeights fitted = fitted(spec, file);
    boolean same =
        NetworkFacts.in(file.metadata())
            .ofClasses(fitted.classes())
            .classNames()
            .equals(Optional.of(classes));
    System.err.printf("Starting from the network of run %d (%s).%n", from.run(), from.regime());
    return loading(
        architecture, same ? fitted : fitted.withNewClassifier(classes.size(), spec.seed()));
  }

  private static FittedWeights fitted(TrainSpec spec, CheckpointFile file) throws IOException {
    return FittedWeights.of(file, NetworkShape.of(spec).blueprint(), Optional.of(spec.width()));
  }

  private static StartingPoint loading(Architecture architecture, FittedWeights fitted) {
    fitted.notes().forEach(System.err::println);
    return new StartingPoint(architecture, Optional.of(fitted.values()));
  }

  /** Loads the trained weights, if any, into a compiled network. */
  void load(Network network) {
    weights.ifPresent(network::load);
  }
}
