package org.bagnetlab.experiment.patchrobustness;

import java.util.Optional;
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
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumberList;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures certified robustness to an adversary who replaces one square of an image, anywhere and
 * with any content. Few patches of a BagNet touch the square, so evidence that a small part of the
 * image could have introduced is masked before summation (PatchGuard's robust masking).
 */
public final class PatchRobustnessExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "patch-robustness";

  /** Sides in pixels of the adversarial patches. */
  public static final Parameter<WholeNumbers> PATCH_SIDES =
      Parameter.of(
              "patchSides",
              "Adversarial patches",
              "Sides of the square that the adversary controls, separated by commas, for example 4, 8, 16.",
              new Checked<>(new WholeNumberList(1, 512), PatchRobustnessExperiment::tooLarge))
          .in("px")
          .defaultsTo(WholeNumbers.of("4, 8, 16"));

  private static final Metric CERTIFIED_ACCURACY =
      Metric.shareOfImages("certified-accuracy", "Certified accuracy", Metric.Better.HIGHER);

  private static final Metric MASKED_SHARE =
      Metric.of("masked-share", "Masked share of the map", Metric.Unit.SHARE);

  /** Side of the square that the adversary controls. */
  public static final Axis PATCH_SIDE = Axis.of("patchSide", "Side of the adversarial patch", "px");

  /** Share of images recognised by the mean of all evidence, without masking. */
  public static final Output UNDEFENDED =
      Output.scalar("undefended-accuracy", "Accuracy without masking", Metric.ACCURACY)
          .read(
              new OutputReading.Range(
                  "The accuracy without a defence, by the mean of all evidence: what masking is compared with."));

  /** Share of unchanged images recognised with masking. */
  public static final Output DEFENDED =
      Output.curve("defended-accuracy", "Accuracy with masking", Metric.ACCURACY, PATCH_SIDE)
          .read(
              new OutputReading.FromOutput(
                  "What masking costs on unchanged images: the nearer to the accuracy without masking, the cheaper the defence.",
                  UNDEFENDED,
                  "Masking raises the accuracy",
                  "Masking costs accuracy"));

  /**
   * Share of images that are provably recognised, regardless of the content of an adversarial
   * patch.
   */
  public static final Output CERTIFIED =
      Output.curve("certified-accuracy", "Certified accuracy", CERTIFIED_ACCURACY, PATCH_SIDE)
          .read(
              new OutputReading.Range(
                  "The share of images that no content of a square of this side can turn into errors. It is never above the accuracy with masking, and the larger the square, the smaller it is."));

  /**
   * Share of the logit map that is masked. If it is 1, no evidence is left, and every image is
   * classified as the first class.
   */
  public static final Output MASKED =
      Output.curve("masked-share", "Masked share of the logit map", MASKED_SHARE, PATCH_SIDE)
          .read(
              new OutputReading.Boundary(
                  "The share of the logit map that a square can reach and that is masked. At 100 % no evidence is left, and the accuracies with masking mean nothing.",
                  1,
                  OutputReading.Boundary.Compared.RUNS,
                  "No evidence is left",
                  "Evidence is left to decide by"));

  public PatchRobustnessExperiment() {
    super(
        NAME,
        "Patch robustness",
        "Count the images that a BagNet provably classifies correctly, whatever an adversarial patch shows.",
        new Source(
            "Xiang et al., PatchGuard: A provably robust defense against adversarial patches via small"
                + " receptive fields and masking, USENIX Security 2021",
            "3 and 4"),
        Subject.network(
            Requirement.localReceptiveField("a patch of the image can change all of its evidence")),
        NetworkParameters.onImages(PATCH_SIDES),
        OnImages.withOthers(UNDEFENDED, DEFENDED, CERTIFIED, MASKED));
  }

  private static Optional<String> tooLarge(WholeNumbers sides, Values before) {
    int size = before.find(NetworkParameters.IMAGE_SIZE).orElse(Integer.MAX_VALUE);
    return sides.values().stream()
        .filter(side -> side > size)
        .findFirst()
        .map(
            side ->
                "A patch of %d × %d pixels is larger than the images, which have %d × %d."
                    .formatted(side, side, size, size));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Patch robustness of %s, patches of %s px"
        .formatted(spec.networkAndImages(), spec.get(PATCH_SIDES).text());
  }

  /** One logit map per image is enough for all sizes of patches. */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.test();
  }
}
