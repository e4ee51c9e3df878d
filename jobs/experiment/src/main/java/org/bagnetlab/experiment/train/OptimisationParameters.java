package org.bagnetlab.experiment.train;

import java.util.List;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Decimal;

/** Parameters of the optimisation, besides its length, batches and learning rate. */
public final class OptimisationParameters {

  /** Rule of the steps. */
  public static final Parameter<OptimiserName> OPTIMISER =
      Parameter.of(
              "optimiser",
              "Optimiser",
              "How a gradient changes the weights.",
              new Choice<>(OptimiserName.class, OptimiserName::label))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(OptimiserName::text)
          .defaultsTo(RecipeParameter.decides(Recipe::optimiser));

  /** Decay of the weights. */
  public static final Parameter<Double> WEIGHT_DECAY =
      Parameter.of(
              "weightDecay",
              "Weight decay",
              "Weight decay, not on biases and normalisations: added to the gradient, with adamw"
                  + " subtracted from the weights.",
              RealNumber.between(0, 1))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(decay -> "weight decay " + Decimal.plain(decay))
          .defaultsTo(RecipeParameter.decides(Recipe::weightDecay))
          .keepsMemory();

  /** Schedule of the learning rate. */
  public static final Parameter<ScheduleName> SCHEDULE =
      Parameter.of(
              "schedule",
              "Schedule",
              "How the learning rate changes after the warm-up.",
              new Choice<>(ScheduleName.class, ScheduleName::label))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(schedule -> schedule.text() + " schedule")
          .defaultsTo(RecipeParameter.decides(Recipe::schedule))
          .keepsMemory();

  /** Share of all steps, from 0 to 0.5, in which the learning rate rises. */
  public static final Parameter<Double> WARMUP =
      Parameter.of(
              "warmup",
              "Warm-up",
              "Share of all steps in which the learning rate rises linearly; with one-cycle, the"
                  + " share of its rise.",
              RealNumber.between(0, 0.5))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(share -> "warm-up " + Decimal.plain(share))
          .defaultsTo(warmup())
          .keepsMemory();

  /** Limit of the gradients' norm. */
  public static final Parameter<Double> CLIP_NORM =
      Parameter.of(
              "clipNorm",
              "Gradient clipping",
              "Largest norm of the gradient, to which a larger one is scaled down. 0: no limit.",
              RealNumber.between(0, 1000))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(norm -> "gradients clipped at " + Decimal.plain(norm))
          .defaultsTo(0.0);

  /** Share of a target's probability that is spread over all classes. */
  public static final Parameter<Double> LABEL_SMOOTHING =
      Parameter.of(
              "labelSmoothing",
              "Label smoothing",
              "Share of each target's probability that is spread evenly over all classes.",
              RealNumber.between(0, 0.9))
          .group(ParameterGroup.OBJECTIVE)
          .inCaptionsIfUnusual(share -> "label smoothing " + Decimal.plain(share))
          .defaultsTo(RecipeParameter.decides(Recipe::labelSmoothing))
          .keepsMemory();

  /** Decay for each step of the averaged weights. */
  public static final Parameter<Double> EMA =
      Parameter.of(
              "ema",
              "Averaged weights",
              "Decay for each step of an exponential moving average of the weights, which is"
                  + " measured in place of the last weights. 0: the last weights.",
              RealNumber.between(0, 0.99999))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(
              decay -> decay == 0 ? "last weights" : "averaged weights " + Decimal.plain(decay))
          .defaultsTo(RecipeParameter.decides(Recipe::ema));

  /** Largest number of epochs in a row without improvement. */
  public static final Parameter<Integer> PATIENCE =
      Parameter.of(
              "patience",
              "Patience",
              "Stop after more than this number of epochs in a row with a lower validation accuracy"
                  + " than the best. 0: never.",
              WholeNumber.between(0, 1000))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(
              epochs -> epochs == 0 ? "no early stopping" : "patience %d".formatted(epochs))
          .defaultsTo(RecipeParameter.decides(Recipe::patience))
          .keepsMemory();

  /** The epoch whose network is kept. */
  public static final Parameter<KeptEpoch> KEEP =
      Parameter.of(
              "keep",
              "Kept epoch",
              "The epoch whose network is kept and measured.",
              new Choice<>(KeptEpoch.class, KeptEpoch::label))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(epoch -> epoch.text() + " epoch kept")
          .defaultsTo(RecipeParameter.decides(Recipe::keep))
          .keepsMemory();

  /** The part of the network that is trained. */
  public static final Parameter<TrainablePart> TRAINABLE =
      Parameter.of(
              "trainable",
              "Trainable part",
              "The part of the network that is trained. The rest keeps the weights that the"
                  + " training starts from.",
              new Checked<>(
                  new Choice<>(TrainablePart.class, TrainablePart::label),
                  TrainingChecks::trainable))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(part -> part.text().replace('-', ' ') + " trained")
          .defaultsTo(TrainablePart.ALL);

  /** All of them, in the order of forms. */
  static final List<Parameter<?>> ALL =
      List.of(
          OPTIMISER,
          WEIGHT_DECAY,
          SCHEDULE,
          WARMUP,
          CLIP_NORM,
          EMA,
          PATIENCE,
          KEEP,
          TRAINABLE,
          LABEL_SMOOTHING);

  /** Share of a one-cycle schedule in which its rate rises, as in PyTorch. */
  private static final double RISE_OF_ONE_CYCLE = 0.3;

  private OptimisationParameters() {}

  private static Default<Double> warmup() {
    Default<Double> ofRecipe = RecipeParameter.decides(Recipe::warmup);
    return Default.from(
        "0.3 with one-cycle, otherwise " + ofRecipe.words().orElse(""),
        values ->
            values.get(SCHEDULE) == ScheduleName.ONE_CYCLE
                ? RISE_OF_ONE_CYCLE
                : values.get(RecipeParameter.RECIPE).warmup());
  }
}
