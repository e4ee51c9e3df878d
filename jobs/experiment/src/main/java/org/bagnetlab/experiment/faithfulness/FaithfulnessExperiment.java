package org.bagnetlab.experiment.faithfulness;

import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.masking.MaskedImages;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.WholeNumber;

/**
 * Measures how well saliency maps show what a prediction depends on: tiles are removed from the
 * image, or inserted into an empty one, in order of decreasing importance. Removed tiles get
 * ImageNet's mean colour, which is 0 after normalisation; the paper inserts into a blurred image.
 */
public final class FaithfulnessExperiment extends NetworkExperiment {

  static final String NAME = "faithfulness";

  /** Number of images used. */
  public static final Parameter<Integer> MOST_IMAGES = NetworkParameters.mostImages(100);

  /** Number of steps from the whole image to an empty one. */
  public static final Parameter<Integer> STEPS =
      Parameter.of(
              "steps",
              "Steps",
              "Number of steps in which the tiles are removed, and inserted.",
              WholeNumber.between(2, 256))
          .defaultsTo(16);

  // An area depends on the network's confidence, so that neither lower nor higher is better in
  // itself. Of two maps of the same network, the one with the smaller area under its deletion curve
  // is better.
  private static final Metric DELETION_AREA =
      Metric.of("deletion-area", "Deletion", Metric.Unit.SHARE);

  private static final Metric INSERTION_AREA =
      Metric.of("insertion-area", "Insertion", Metric.Unit.SHARE);

  /** Share of the tiles that are masked. */
  public static final Axis REMOVED = Axis.of("removed", "Removed share of the image");

  /** Share of the tiles that are not masked. */
  public static final Axis INSERTED = Axis.of("inserted", "Inserted share of the image");

  /** Mean probability of the class predicted for the whole image. */
  public static final Output DELETION =
      Output.curve(
              "deletion",
              "Probability of the predicted class by the removed share",
              MaskedImages.PROBABILITY,
              REMOVED,
              SaliencyMethod.AXIS)
          .read(SaliencyMethod.MASKING);

  /**
   * The area under that curve: of maps of one network, the smaller the area, the more the removed
   * tiles mattered.
   */
  public static final Output AREA_OF_DELETION =
      Output.scalar(
              "deletion-area", "Area under the deletion curve", DELETION_AREA, SaliencyMethod.AXIS)
          .read(
              SaliencyMethod.lowering(
                  "Small where the tiles that a map puts first are those that the network uses. Compare maps of one network with its random order, not networks."));

  /** Mean probability of the class predicted for the whole image. */
  public static final Output INSERTION =
      Output.curve(
              "insertion",
              "Probability of the predicted class by the inserted share",
              MaskedImages.PROBABILITY,
              INSERTED,
              SaliencyMethod.AXIS)
          .read(
              SaliencyMethod.raising(
                  "The tiles are inserted in the order of each map. A map that knows which tiles the network uses raises the curve more than a random order does. Compare maps of one network, not networks."));

  /**
   * The area under that curve: of maps of one network, the larger the area, the more the inserted
   * tiles mattered.
   */
  public static final Output AREA_OF_INSERTION =
      Output.scalar(
              "insertion-area",
              "Area under the insertion curve",
              INSERTION_AREA,
              SaliencyMethod.AXIS)
          .read(
              SaliencyMethod.raising(
                  "Large where the tiles that a map puts first are those that the network uses. Compare maps of one network with its random order, not networks."));

  public FaithfulnessExperiment() {
    super(
        NAME,
        "Faithfulness",
        "Measure how well saliency maps say what a network's prediction depends on.",
        new Source(
            "Petsiuk et al., RISE: Randomized input sampling for explanation of black-box models, BMVC"
                + " 2018",
            "4, deletion and insertion"),
        Subject.network(),
        NetworkParameters.onImages(MOST_IMAGES, MaskedImages.TILE, STEPS, MaskedImages.ORDER_SEED),
        OnImages.withOthers(DELETION, AREA_OF_DELETION, INSERTION, AREA_OF_INSERTION));
  }

  /** A copy of a specification with at most as many steps as images of this size have tiles. */
  public static NetworkSpec fitting(NetworkSpec spec, int imageSize) {
    int across = imageSize / spec.get(MaskedImages.TILE);
    return spec.with(STEPS, Math.min(spec.get(STEPS), across * across));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Faithfulness of the saliency maps of %s, tiles of %d pixels, up to %d images"
        .formatted(spec.networkAndImages(), spec.get(MaskedImages.TILE), spec.get(MOST_IMAGES));
  }

  /**
   * The passes for the whole image and an empty one, and for each map those of the steps in
   * between, for deletion and for insertion.
   */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    double copies = 2.0 * (spec.get(STEPS) - 1) * SaliencyMethod.of(workload).size();
    return (2 + copies + SaliencyMethod.cost(workload))
        * Math.min(spec.get(MOST_IMAGES), workload.test());
  }
}
