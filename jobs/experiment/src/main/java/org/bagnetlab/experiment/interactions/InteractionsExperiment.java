package org.bagnetlab.experiment.interactions;

import java.util.List;
import java.util.Optional;
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
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures whether parts of an image interact: the effect of masking many patches at once on the
 * logit of the predicted class, compared with the sum of the effects of masking each alone. Masks
 * have ImageNet's mean colour, which is 0 after normalisation. For a bag of local features of q
 * pixels the two are equal if gaps are at least q - 1 pixels.
 */
public final class InteractionsExperiment extends NetworkExperiment {

  static final String NAME = "interactions";

  /** Number of images used. */
  public static final Parameter<Integer> MOST_IMAGES = NetworkParameters.mostImages(100);

  /** Sides of the masked patches in pixels. */
  public static final Parameter<WholeNumbers> PATCHES =
      Parameter.of(
              "patches",
              "Sides of the patches",
              "Sides of the masked patches, separated by commas, for example 8, 16.",
              new WholeNumberList(1, 256))
          .in("px")
          .defaultsTo(WholeNumbers.of("8, 16, 32"));

  /** Pixels between neighbouring patches. */
  public static final Parameter<WholeNumbers> GAPS =
      Parameter.of(
              "gaps",
              "Gaps",
              "Pixels between neighbouring patches, separated by commas. Combinations of side and gap that leave no room for two patches in a row are skipped.",
              new Checked<>(new WholeNumberList(0, 256), InteractionsExperiment::tooWide))
          .in("px")
          .defaultsTo(WholeNumbers.of("8, 16, 32"));

  /** Largest number of patches in a row, and in a column. */
  public static final Parameter<Integer> MASKS =
      Parameter.of(
              "masks",
              "Most patches in a row",
              "Maximum number of rows and columns of masked patches, in the middle of the image.",
              WholeNumber.between(2, 16))
          .defaultsTo(4);

  private static final Metric CORRELATION =
      Metric.of("correlation", "Correlation", Metric.Unit.CORRELATION);

  private static final Metric DEVIATION =
      Metric.of("relative-deviation", "Relative deviation", Metric.Unit.NONE);

  /** Side of the masked patches. */
  public static final Axis PATCH = Axis.of("patch", "Side of a patch", "px");

  /** Pixels between neighbouring patches. */
  public static final Axis GAP = Axis.of("gap", "Gap between patches", "px");

  /** Mean magnitude of the effect of all masks together on the predicted class's logit. */
  public static final Output JOINT_EFFECT =
      Output.curve("joint-effect", "Effect of all masks together", Metric.LOGIT, PATCH, GAP)
          .read(
              new OutputReading.Range(
                  "How far all masks together move the logit of the predicted class. Where this is near 0, the correlation and the deviation say nothing."));

  /** A thousandth of a logit, far above the rounding errors of single precision. */
  private static final OutputReading.Bound MEASURABLE =
      new OutputReading.Bound(JOINT_EFFECT, 0.001);

  private static final double PROPORTIONAL = 0.995;

  /**
   * Pearson's correlation, over images, of the effect of all masks together with the sum of their
   * single effects.
   */
  public static final Output ADDITIVITY =
      Output.curve(
              "interaction-correlation",
              "Correlation of joint and summed effects",
              CORRELATION,
              PATCH,
              GAP)
          .read(
              new OutputReading.Boundary(
                  "At 1, the effect of masking several patches is in proportion to the sum of what masking each alone does. The deviation says whether it is that sum, as for a bag of patches whose gaps are wide enough.",
                  PROPORTIONAL,
                  OutputReading.Boundary.Compared.RUNS,
                  "Joint and summed effects are proportional",
                  "Joint and summed effects are not proportional",
                  Optional.of(MEASURABLE),
                  Optional.empty()));

  /**
   * Mean magnitude of the difference between the joint effect and the sum of the single effects,
   * relative to that of the joint effect.
   */
  public static final Output RELATIVE_DEVIATION =
      Output.curve(
              "interaction-deviation",
              "Deviation of the sum from the joint effect",
              DEVIATION,
              PATCH,
              GAP)
          .read(
              new OutputReading.Boundary(
                  "At 0, the sum of the single effects is the joint effect. A high correlation alone does not say that.",
                  0.01,
                  OutputReading.Boundary.Compared.RUNS,
                  "The sum misses the joint effect by 1 % of it or more",
                  "The sum is the joint effect to less than 1 % of it",
                  Optional.of(MEASURABLE),
                  Optional.of(
                      new OutputReading.Confirmed(
                          new OutputReading.Bound(ADDITIVITY, PROPORTIONAL),
                          "Effects add up, as for a bag of patches: correlation 1.00, and the sum misses the joint effect by less than 1 %"))));

  public InteractionsExperiment() {
    super(
        NAME,
        "Interactions",
        "Measure whether the effects of masks on different parts of an image add up.",
        new Source(Source.PAPER, "spatially distinct image manipulations"),
        Subject.network(),
        NetworkParameters.onImages(MOST_IMAGES, PATCHES, GAPS, MASKS),
        OnImages.withOthers(ADDITIVITY, RELATIVE_DEVIATION, JOINT_EFFECT));
  }

  /** Rejects gaps that leave no room for two patches in a row. */
  private static Optional<String> tooWide(WholeNumbers gaps, Values before) {
    Optional<WholeNumbers> sides = before.find(PATCHES);
    return before
        .find(NetworkParameters.IMAGE_SIZE)
        .filter(
            size -> sides.isPresent() && MaskLayout.fitting(sides.get(), gaps, 2, size).isEmpty())
        .map(
            size ->
                "Two patches of %d pixels with a gap of %d do not fit into the %d pixels of the images."
                    .formatted(sides.orElseThrow().values().get(0), gaps.values().get(0), size));
  }

  /** The layouts of a job with room for at least two patches in a row of images of this size. */
  public static List<MaskLayout> layouts(NetworkSpec spec, int imageSize) {
    return MaskLayout.fitting(spec.get(PATCHES), spec.get(GAPS), spec.get(MASKS), imageSize);
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Interactions in %s, patches %s, gaps %s, up to %d images"
        .formatted(
            spec.networkAndImages(),
            spec.get(PATCHES).text(),
            spec.get(GAPS).text(),
            spec.get(MOST_IMAGES));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    double copies = layouts(spec, workload.imageSize()).stream().mapToInt(MaskLayout::copies).sum();
    return (1 + copies) * Math.min(spec.get(MOST_IMAGES), workload.test());
  }
}
