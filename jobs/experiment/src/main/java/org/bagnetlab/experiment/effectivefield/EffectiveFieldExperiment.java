package org.bagnetlab.experiment.effectivefield;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.WholeNumber;

/**
 * Measures how much of its theoretical receptive field a network uses: the magnitude of the
 * gradient of the true class's logit at the centre of the last feature map, averaged over images.
 */
public final class EffectiveFieldExperiment implements Experiment<EffectiveFieldSpec> {

  public static final String NAME = "effective-field";

  /** The share of the gradient that defines the radius for comparing networks. */
  public static final double MOST_OF_GRADIENT = 0.95;

  /** All shares of the gradient whose radius is measured. */
  public static final List<Double> SHARES = List.of(0.5, MOST_OF_GRADIENT);

  private static final Parameter<Integer> MOST_IMAGES =
      Parameter.of(
              "mostImages",
              "Most images",
              "Number of the images that are used, spread over the classes; all if there are fewer.",
              WholeNumber.between(1, 1000))
          .defaultsTo(100);

  private static final Metric RADIUS =
      new Metric("radius", "Radius", Metric.Unit.PIXELS, Metric.Better.NEITHER);

  private static final Metric SIDE =
      new Metric("side", "Side", Metric.Unit.PIXELS, Metric.Better.NEITHER);

  private static final Metric GRADIENT =
      new Metric(
          "gradient-share", "Share of the gradient", Metric.Unit.SHARE, Metric.Better.NEITHER);

  /** Share of the gradient within a circle. */
  public static final Axis SHARE = Axis.of("share", "Share of the gradient");

  /** Distance from the centre of the theoretical receptive field. */
  public static final Axis DISTANCE =
      new Axis("distance", "Distance from the centre", Optional.of("px"));

  /** Radius of the circle around the centre that contains a share of the gradient. */
  public static final Output EFFECTIVE_RADIUS =
      Output.scalar("effective-radius", "Effective radius", RADIUS, SHARE);

  /** Side of a square with as many pixels as have more than 4.55 % of the largest gradient. */
  public static final Output EFFECTIVE_SIDE =
      Output.scalar("effective-side", "Side of the effective field", SIDE);

  /** Share of the gradient outside of the theoretical receptive field. */
  public static final Output OUTSIDE =
      Output.scalar("outside-field", "Outside of the receptive field", GRADIENT);

  /** Share of the gradient within a distance of the centre. */
  public static final Output BY_DISTANCE =
      Output.curve("gradient-by-distance", "Gradient by distance", GRADIENT, DISTANCE);

  /** Each pixel's share of the gradient. */
  public static final Output MAP = Output.map("effective-field", "Map of the gradient", GRADIENT);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Effective field";
  }

  @Override
  public String summary() {
    return "Measure how much of its receptive field a network uses.";
  }

  @Override
  public Source source() {
    return new Source(
        "Luo et al., Understanding the effective receptive field in deep convolutional neural"
            + " networks, NeurIPS 2016",
        "3");
  }

  @Override
  public Subject subject() {
    return Subject.network();
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(OnImages.parameters(subject()).stream(), Stream.of(MOST_IMAGES)).toList();
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(EFFECTIVE_RADIUS, EFFECTIVE_SIDE, OUTSIDE, BY_DISTANCE, MAP);
  }

  @Override
  public Class<EffectiveFieldSpec> specification() {
    return EffectiveFieldSpec.class;
  }

  @Override
  public String title(EffectiveFieldSpec spec, Catalogue catalogue) {
    return "Effective field of %s, up to %d images"
        .formatted(spec.networkAndImages(), spec.mostImages());
  }

  /** A gradient takes a forward and a backward pass, as a training step does. */
  @Override
  public double cost(EffectiveFieldSpec spec, Workload workload) {
    return (double) Workload.TRAINING_COST * Math.min(spec.mostImages(), workload.test());
  }
}
