package org.bagnetlab.experiment.readouts;

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
 * Classifies images by the logits of their positions in several ways, and measures how much single
 * positions know.
 */
public final class ReadoutsExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "readouts";

  /** The way to classify. */
  public static final Axis READOUT = Axis.of("readout", "Readout");

  /** The name of the trained readout on that axis. */
  public static final String TRAINED = "trained-on-votes";

  /** The trained readout is left out for data sets with more classes: it would take too long. */
  public static final int MOST_CLASSES = 100;

  /** Share of images that are recognised, whole and scrambled, with each readout. */
  public static final Output ACCURACY =
      Output.scalar("readout-accuracy", "Accuracy by readout", Metric.ACCURACY, READOUT)
          .read(
              new OutputReading.FromPosition(
                  "The same logits of patches, combined in several ways. The network was trained for the mean logit; another readout that is better shows what the mean loses.",
                  READOUT,
                  "mean-logit",
                  "These readouts recognise more images than the mean logit",
                  "These readouts recognise fewer images than the mean logit"));

  /**
   * Share of an image's positions whose largest logit is that of the image's class, as the mean
   * over images.
   */
  public static final Output PATCH_ACCURACY =
      Output.scalar(
              "patch-accuracy",
              "Accuracy of single positions",
              new Metric(
                  "patch-accuracy",
                  "Accuracy of single positions",
                  Metric.Unit.SHARE,
                  Metric.Better.HIGHER))
          .read(
              new OutputReading.Range(
                  "How often a single position names the class of its image. The further below the accuracy of the whole image, the more the network needs many positions."));

  public ReadoutsExperiment() {
    super(
        NAME,
        "Readouts",
        "Classify images by the logits of their patches in seven ways, whole and scrambled.",
        new Source(Source.REPORT, "5, which suspects the average over patches"),
        Subject.network(),
        NetworkParameters.onImages(),
        OnImages.withOthers(ACCURACY, PATCH_ACCURACY));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Readouts of %s".formatted(spec.networkAndImages());
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.train() + 2.0 * workload.test();
  }
}
