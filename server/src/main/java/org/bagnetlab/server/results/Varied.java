package org.bagnetlab.server.results;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;

/**
 * A parameter of trainings in which the points of a curve differ, all else being equal.
 *
 * @param parameter the parameter
 * @param of what a run had; empty: that is not known
 * @param at the settings of a point, from those that the curve's points have in common
 */
record Varied(
    Parameter<?> parameter,
    Function<MeasuredRun, OptionalDouble> of,
    BiFunction<RowSettings, AccuracyCurve.Point, RowSettings> at) {

  /** The number of images that are learnt. */
  static final Varied TRAIN_IMAGES =
      new Varied(
          TrainExperiment.TRAIN_IMAGES,
          run -> run.learntImages().map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
          (curve, point) -> curve.with(TrainExperiment.TRAIN_IMAGES, point.limit()));

  /** The factor of the penalty on evidence. */
  static final Varied SPARSITY =
      new Varied(
          TrainExperiment.SPARSITY,
          run -> OptionalDouble.of(run.spec().get(TrainExperiment.SPARSITY)),
          (curve, point) -> curve.with(TrainExperiment.SPARSITY, Optional.of(point.at())));
}
