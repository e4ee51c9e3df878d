package org.bagnetlab.experiment.train;

import java.util.Optional;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.protocol.Precision;

/** Checks whether settings of a training fit earlier ones, and says why not. */
final class TrainingChecks {

  private TrainingChecks() {}

  /** The precision must be available on all devices of the lab. */
  static Optional<String> precision(Precision precision, Values before) {
    return before
        .catalogue()
        .lacks(precision)
        .map(why -> "precision cannot be %s here. %s".formatted(precision.text(), why));
  }

  /** The starting weights, if there are any, determine the width. */
  static Optional<String> width(double width, Values before) {
    return WeightsName.width(before)
        .filter(needed -> needed != width)
        .map(
            needed ->
                "width must match the weights '%s', %s, but is %s. Omit it to use theirs."
                    .formatted(
                        before.get(TrainExperiment.WEIGHTS).name(),
                        Decimal.plain(needed),
                        Decimal.plain(width)));
  }

  /** Only networks whose logit map is their evidence can be sparse. */
  static Optional<String> sparsity(double factor, Values before) {
    return before
        .find(TrainExperiment.ARCHITECTURE)
        .filter(network -> factor > 0 && !before.catalogue().explainable(network))
        .map(
            network ->
                "%s does not sum local evidence, so there is none to make sparse: choose a BagNet, or sparsity 0."
                    .formatted(before.catalogue().label(network)));
  }

  /** Random weights that are never trained would be measured as if they had been. */
  static Optional<String> trainable(TrainablePart part, Values before) {
    return part == TrainablePart.ALL
            || before.find(TrainExperiment.WEIGHTS).isPresent()
            || before.find(TrainExperiment.FROM_RUN).isPresent()
        ? Optional.empty()
        : Optional.of(
            "trainable can be %s only for a training that starts from trained weights: name weights or a run, or set trainable to all."
                .formatted(part.text()));
  }

  /** The share is fixed unless the objective is mixed. */
  static Optional<String> localWeight(double share, Values before) {
    return before
        .find(ObjectiveParameters.OBJECTIVE)
        .filter(objective -> objective != ObjectiveName.MIXED && share != objective.localWeight())
        .map(
            objective ->
                "localWeight must be %s for the %s objective, but is %s. Choose objective mixed, or omit localWeight."
                    .formatted(
                        Decimal.plain(objective.localWeight()),
                        objective.text(),
                        Decimal.plain(share)));
  }
}
