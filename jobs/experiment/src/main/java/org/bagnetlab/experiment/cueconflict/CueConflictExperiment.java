package org.bagnetlab.experiment.cueconflict;

import java.util.List;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;

/**
 * Measures which cue a network trained on controlled-15 follows if two cues contradict each other:
 * the lattice, visible only in patches with two marks, or the marks. As in the paper, shape bias is
 * the number of shape decisions divided by that of shape and texture decisions; other decisions do
 * not count.
 */
public final class CueConflictExperiment extends NetworkExperiment {

  static final String NAME = "cue-conflict";

  /** The data set with the images. */
  public static final String DATASET = "controlled-15-cue-conflict";

  private static final Metric SHAPE_BIAS_METRIC =
      Metric.shareOfImages("shape-bias", "Shape bias", Metric.Better.NEITHER);

  private static final Metric DECISIONS_METRIC =
      Metric.shareOfImages("decisions", "Decisions", Metric.Better.NEITHER);

  /** The cue that a decision follows: shape, texture, or other if it follows neither. */
  public static final Axis CUE = Axis.of("cue", "Cue");

  /** Class whose lattice an image has. */
  public static final Axis LATTICE = Axis.of("lattice", "Lattice of");

  /** The marks of an image. */
  public static final Axis MARKS = Axis.of("marks", "Marks");

  private static final OutputReading BIAS =
      new OutputReading.Boundary(
          "Above 50 % the network follows the lattice more often than the marks, where the two contradict each other; decisions that follow neither do not count.",
          0.5,
          OutputReading.Boundary.Compared.MEANS,
          "Decides by the lattice rather than by the marks",
          "Decides by the marks rather than by the lattice");

  /**
   * Number of shape decisions divided by that of shape and texture decisions. The number of its
   * images is that of shape and texture decisions.
   */
  public static final Output SHAPE_BIAS =
      Output.scalar("shape-bias", "Shape bias", SHAPE_BIAS_METRIC).read(BIAS);

  /** Share of all images whose decision follows a cue. */
  public static final Output DECISIONS =
      Output.scalar("cue-decisions", "Decisions by cue", DECISIONS_METRIC, CUE)
          .read(
              new OutputReading.Range(
                  "The share of images decided by the lattice (shape), by the marks (texture), or by neither. The more by neither, the less the shape bias says."));

  /** The shape bias on images with one lattice and one kind of marks. */
  public static final Output SHAPE_BIAS_BY_PAIR =
      Output.scalar(
              "shape-bias-by-pair",
              "Shape bias by lattice and marks",
              SHAPE_BIAS_METRIC,
              LATTICE,
              MARKS)
          .read(BIAS);

  /** Number of images classified as a class that their lattice fits. */
  public static final Output SHAPE_DECISIONS = matrix("shape-decisions", "Shape decisions");

  /** Number of images classified as a class with their marks. */
  public static final Output TEXTURE_DECISIONS = matrix("texture-decisions", "Texture decisions");

  /** Number of images; 0 for a lattice and marks that do not contradict each other. */
  public static final Output IMAGES = matrix("cue-conflict-images", "Images");

  private static Output matrix(String name, String label) {
    return Output.matrix(name, label, Metric.IMAGES, LATTICE, MARKS);
  }

  public CueConflictExperiment() {
    super(
        NAME,
        "Cue conflict",
        "Measure whether a network trained on controlled-15 decides by the lattice or by the marks"
            + " where they contradict each other.",
        new Source(
            "Geirhos et al., ImageNet-trained CNNs are biased towards texture, ICLR 2019",
            "2, with generated images instead of style transfer"),
        Subject.network(),
        NetworkParameters.onAllOf(DATASET),
        List.of(
            SHAPE_BIAS, DECISIONS, SHAPE_BIAS_BY_PAIR, SHAPE_DECISIONS, TEXTURE_DECISIONS, IMAGES));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Cue conflict of " + spec.network();
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.test();
  }
}
