package org.bagnetlab.experiment.patchrobustness;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * Measures certified robustness to an adversary who replaces one square of an image, anywhere and
 * with any content. Few patches of a BagNet touch the square, so evidence that a small part of the
 * image could have introduced is masked before summation (PatchGuard's robust masking).
 */
public final class PatchRobustnessExperiment implements Experiment<PatchRobustnessSpec> {

  /** Its name in requests. */
  public static final String NAME = "patch-robustness";

  private static final Parameter<WholeNumbers> PATCH_SIDES =
      Parameter.of(
              "patchSides",
              "Adversarial patches",
              "Sides of the square that the adversary controls, with commas, for example 4, 8, 16.",
              new PatchSideList())
          .in("px")
          .defaultsTo(WholeNumbers.of("4, 8, 16"));

  private static final Metric CERTIFIED_ACCURACY =
      Metric.shareOfImages("certified-accuracy", "Certified accuracy", Metric.Better.HIGHER);

  private static final Metric MASKED_SHARE =
      new Metric(
          "masked-share", "Masked share of the map", Metric.Unit.SHARE, Metric.Better.NEITHER);

  /** Side of the square that the adversary controls. */
  public static final Axis PATCH_SIDE =
      new Axis("patchSide", "Side of the adversarial patch", Optional.of("px"));

  /** Share of images recognised by the mean of all evidence, without masking. */
  public static final Output UNDEFENDED =
      Output.scalar("undefended-accuracy", "Accuracy without masking", Metric.ACCURACY);

  /** Share of unchanged images recognised with masking. */
  public static final Output DEFENDED =
      Output.curve("defended-accuracy", "Accuracy with masking", Metric.ACCURACY, PATCH_SIDE);

  /** Share of images that are provably recognised, regardless of the content of such a patch. */
  public static final Output CERTIFIED =
      Output.curve("certified-accuracy", "Certified accuracy", CERTIFIED_ACCURACY, PATCH_SIDE);

  /**
   * Share of the logit map that is masked. If it is 1, no evidence is left, and every image is
   * classified as the first class.
   */
  public static final Output MASKED =
      Output.curve("masked-share", "Masked share of the logit map", MASKED_SHARE, PATCH_SIDE);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return "Patch robustness";
  }

  @Override
  public String summary() {
    return "Count the images that a BagNet provably classifies correctly, whatever an adversarial patch shows.";
  }

  @Override
  public Source source() {
    return new Source(
        "Xiang et al., PatchGuard: A provably robust defense against adversarial patches via small"
            + " receptive fields and masking, USENIX Security 2021",
        "3 and 4");
  }

  @Override
  public Subject subject() {
    return Subject.network(
        Requirement.localReceptiveField("a patch of the image can change all of its evidence"));
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Stream.concat(OnImages.parameters(subject()).stream(), Stream.of(PATCH_SIDES)).toList();
  }

  @Override
  public List<Output> outputs() {
    return OnImages.withOthers(UNDEFENDED, DEFENDED, CERTIFIED, MASKED);
  }

  @Override
  public Class<PatchRobustnessSpec> specification() {
    return PatchRobustnessSpec.class;
  }

  @Override
  public void check(PatchRobustnessSpec spec, TrainSpec trained) {
    PatchSideList.checkFitting(spec.patchSides(), trained.imageSize(), PATCH_SIDES.name());
  }

  @Override
  public String title(PatchRobustnessSpec spec, Catalogue catalogue) {
    return "Patch robustness of %s, patches of %s px"
        .formatted(spec.networkAndImages(), spec.patchSides().text());
  }

  /** One logit map per image serves all sizes of patches. */
  @Override
  public double cost(PatchRobustnessSpec spec, Workload workload) {
    return workload.test();
  }
}
