package org.bagnetlab.experiment.effectivefield;

import java.util.List;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;

/**
 * Measures how much of its theoretical receptive field a network uses: the magnitude of the
 * gradient of the true class's logit at the centre of the last feature map, averaged over images.
 */
public final class EffectiveFieldExperiment extends NetworkExperiment {

  public static final String NAME = "effective-field";

  /** The share of the gradient that defines the radius for comparing networks. */
  public static final double MOST_OF_GRADIENT = 0.95;

  /** All shares of the gradient whose radius is measured. */
  public static final List<Double> SHARES = List.of(0.5, MOST_OF_GRADIENT);

  /** Number of images over which the gradient is averaged. */
  public static final Parameter<Integer> MOST_IMAGES = NetworkParameters.mostImages(100, 1000);

  private static final Metric RADIUS = Metric.of("radius", "Radius", Metric.Unit.PIXELS);

  private static final Metric SIDE = Metric.of("side", "Side", Metric.Unit.PIXELS);

  private static final Metric GRADIENT =
      Metric.of("gradient-share", "Share of the gradient", Metric.Unit.SHARE);

  /** Share of the gradient within a circle. */
  public static final Axis SHARE = Axis.of("share", "Share of the gradient");

  /** Distance from the centre of the theoretical receptive field. */
  public static final Axis DISTANCE = Axis.of("distance", "Distance from the centre", "px");

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

  public EffectiveFieldExperiment() {
    super(
        NAME,
        "Effective field",
        "Measure how much of its receptive field a network uses.",
        new Source(
            "Luo et al., Understanding the effective receptive field in deep convolutional neural"
                + " networks, NeurIPS 2016",
            "3"),
        Subject.network(),
        NetworkParameters.onImages(MOST_IMAGES),
        OnImages.withOthers(EFFECTIVE_RADIUS, EFFECTIVE_SIDE, OUTSIDE, BY_DISTANCE, MAP));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Effective field of %s, up to %d images"
        .formatted(spec.networkAndImages(), spec.get(MOST_IMAGES));
  }

  /** A gradient takes a forward and a backward pass, as a training step does. */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return (double) Workload.TRAINING_COST * Math.min(spec.get(MOST_IMAGES), workload.test());
  }
}
