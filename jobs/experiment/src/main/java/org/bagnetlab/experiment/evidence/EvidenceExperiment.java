package org.bagnetlab.experiment.evidence;

import org.bagnetlab.experiment.Requirement;
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

/**
 * Records where in images a BagNet, trained here or imported, sees evidence for the images'
 * classes. The maps have the same points for every network, and thus show whether networks use the
 * same places.
 */
public final class EvidenceExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "evidence";

  private static final Axis ROW = Axis.of("row", "Row of points, from the top");

  /**
   * Mean logit of an image's class over a row of points, by class and row, for classes that have
   * images.
   */
  public static final Output BY_HEIGHT =
      Output.matrix(
          "evidence-by-height", "Evidence by height in the image", Metric.LOGIT, Axis.CLASS, ROW);

  private static final Metric SHARE =
      Metric.of("evidence-share", "Share of the positive evidence", Metric.Unit.SHARE);

  /**
   * Share of an image's positive evidence in a row of points, by class and row, as the mean over
   * the images of the class that have positive evidence. The shares of a class add up to 1.
   */
  public static final Output SHARE_BY_HEIGHT =
      Output.matrix(
          "evidence-share-by-height",
          "Share of the positive evidence by height in the image",
          SHARE,
          Axis.CLASS,
          ROW);

  /**
   * Share of an image's positive evidence in the upper half of the rows, by class: the sum of its
   * shares by height. Half of a middle row counts.
   */
  public static final Output UPPER_SHARE =
      Output.scalar(
              "evidence-upper-share",
              "Share of the positive evidence in the upper half of images",
              SHARE,
              Axis.CLASS)
          .read(
              new OutputReading.Boundary(
                  "At 50 %, the evidence for a class is as much in the upper half of its images as in the lower.",
                  0.5,
                  OutputReading.Boundary.Compared.MEANS,
                  "More evidence in the upper half",
                  "More evidence in the lower half"));

  /**
   * Sparseness of each image's logit map over all classes and patches: the mean over the images for
   * which it is defined, which are those whose logits are not all 0.
   */
  public static final Output SPARSENESS =
      Output.scalar("evidence-sparseness", "Sparseness of the evidence", Metric.SPARSENESS)
          .read(
              new OutputReading.Range(
                  "At 0, all patches and classes have equally large logits; at 1, all but one are 0. The sparser, the fewer patches decide."));

  public EvidenceExperiment() {
    super(
        NAME,
        "Evidence",
        "Record where in each image a BagNet finds evidence for the true class, and how sparse it is.",
        new Source(Source.REPORT, "heatmaps of several receptive fields"),
        Subject.network(Requirement.localReceptiveField("its evidence cannot be located")),
        NetworkParameters.onImages(),
        OnImages.withOthers(BY_HEIGHT, SHARE_BY_HEIGHT, UPPER_SHARE, SPARSENESS));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Evidence of " + spec.networkAndImages();
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.test() * perImage(workload);
  }

  /** Forward passes per image: for its logit map, and for the crops with patches at the points. */
  public static double perImage(Workload workload) {
    return 1 + workload.patches().map(patches -> crops(patches, workload)).orElse(0.0);
  }

  private static double crops(Workload.Patches patches, Workload workload) {
    PointGrid points = new PointGrid(patches.distance(), workload.imageSize());
    return points.shifts() * points.shifts() * workload.cropped(points.crop(patches.side()));
  }
}
