package org.bagnetlab.experiment.localisation;

import java.util.Optional;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.NetworkExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Measures how much of a BagNet's evidence for an image's class comes from informative patches,
 * which reveal the class. Informative patches are known only for the generated images of {@link
 * #DATASET}. They are the patches that contain two marks, which show how colours are arranged, and
 * all patches of an image whose marks have one colour.
 */
public final class LocalisationExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "localisation";

  /** The data set whose marks are known. */
  public static final String DATASET = "controlled-15";

  private static final String REFUSAL =
      "Localisation needs images whose marks are known, which are those of "
          + DATASET
          + ", not %s.";

  private static final Metric INFORMATIVE_EVIDENCE =
      new Metric(
          "informative-evidence",
          "Evidence from informative patches",
          Metric.Unit.SHARE,
          Metric.Better.HIGHER);

  private static final Metric POINTING_GAME =
      Metric.shareOfImages("pointing-game", "Pointing game", Metric.Better.HIGHER);

  private static final Metric INFORMATIVE_PATCHES =
      Metric.of("informative-patches", "Informative patches", Metric.Unit.SHARE);

  /**
   * Share of patches that are informative, in images that have both kinds. The two other outputs
   * have this value for a network that sees the same everywhere, or decides by chance.
   */
  public static final Output PATCHES =
      Output.scalar("informative-patches", "Informative patches, by chance", INFORMATIVE_PATCHES)
          .read(OutputReading.BY_CHANCE);

  /** Share of patches of each class that are informative, over all of its images. */
  public static final Output PATCHES_BY_CLASS =
      Output.scalar(
              "informative-patches-by-class",
              "Informative patches, by chance, by class",
              INFORMATIVE_PATCHES,
              Axis.CLASS)
          .read(OutputReading.BY_CHANCE);

  /**
   * Share of informative patches in the sum of the positive logits of an image's class: the mean
   * over images that have such logits, and both informative and other patches. The side of the
   * patches determines the classes of these images, which are those of {@link #EVIDENCE_BY_CLASS}.
   */
  public static final Output EVIDENCE =
      Output.scalar(
              "informative-evidence", "Evidence from informative patches", INFORMATIVE_EVIDENCE)
          .read(evidence(PATCHES));

  /** Share of the images of {@link #PATCHES} with the largest logit in an informative patch. */
  public static final Output LARGEST =
      Output.scalar(
              "largest-informative",
              "Images whose largest evidence is from an informative patch",
              POINTING_GAME)
          .read(largest(PATCHES));

  /** The evidence for each class, without a value if none of its images has both kinds. */
  public static final Output EVIDENCE_BY_CLASS =
      Output.scalar(
              "informative-evidence-by-class",
              "Evidence from informative patches, by class",
              INFORMATIVE_EVIDENCE,
              Axis.CLASS)
          .read(evidence(PATCHES_BY_CLASS));

  /** The largest logits for each class, without a value if none of its images has both kinds. */
  public static final Output LARGEST_BY_CLASS =
      Output.scalar(
              "largest-informative-by-class",
              "Images whose largest evidence is from an informative patch, by class",
              POINTING_GAME,
              Axis.CLASS)
          .read(largest(PATCHES_BY_CLASS));

  /** Why the experiment cannot use a data set; empty if the marks of its images are known. */
  public static Optional<String> refusal(String dataset) {
    return dataset.equals(DATASET) ? Optional.empty() : Optional.of(REFUSAL.formatted(dataset));
  }

  /** How shares of the evidence are read. */
  private static OutputReading evidence(Output chance) {
    return new OutputReading.FromOutput(
        "The share of the positive evidence for an image's class that comes from patches which show the class. A network that sees the same everywhere has the share of such patches.",
        chance,
        "The evidence is where the class shows",
        "The evidence is rather where the class does not show");
  }

  /** How shares of images are read. */
  private static OutputReading largest(Output chance) {
    return new OutputReading.FromOutput(
        "The share of images whose largest evidence is from a patch which shows the class. A network that decides by chance has the share of such patches.",
        chance,
        "The evidence is where the class shows",
        "The evidence is rather where the class does not show");
  }

  public LocalisationExperiment() {
    super(
        NAME,
        "Localisation",
        "Measure how much of a BagNet's evidence comes from patches that show which class it is.",
        new Source(
            "Zhang et al., Top-down neural attention by excitation backprop, ECCV 2016",
            "4.1, the pointing game"),
        Subject.network(Requirement.localReceptiveField("its evidence cannot be located")),
        NetworkParameters.onImagesOf(DATASET, REFUSAL, Stride.FOR_MANY_IMAGES),
        OnImages.withOthers(
            EVIDENCE, LARGEST, PATCHES, EVIDENCE_BY_CLASS, LARGEST_BY_CLASS, PATCHES_BY_CLASS));
  }

  @Override
  public void check(NetworkSpec spec, TrainSpec trained) {
    super.check(spec, trained);
    if (spec.dataset().isEmpty()) {
      refusal(trained.dataset())
          .ifPresent(
              reason -> {
                throw new InvalidSpec(OnImages.DATASET.name(), reason);
              });
    }
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Localisation of %s%s"
        .formatted(
            spec.networkAndImages(),
            spec.get(Stride.FOR_MANY_IMAGES) == Stride.LARGEST
                ? ""
                : ", stride " + spec.get(Stride.FOR_MANY_IMAGES));
  }

  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.test() * workload.patchLogits(spec.get(Stride.FOR_MANY_IMAGES));
  }
}
