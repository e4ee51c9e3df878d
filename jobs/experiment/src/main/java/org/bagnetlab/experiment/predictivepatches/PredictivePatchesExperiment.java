package org.bagnetlab.experiment.predictivepatches;

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
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.WholeNumber;

/**
 * Finds the patches that a BagNet considers the clearest signs of each class: those with the
 * highest logits over all images, separately for images of the class and of other classes.
 */
public final class PredictivePatchesExperiment extends NetworkExperiment {

  /** Its name in requests. */
  public static final String NAME = "predictive-patches";

  private static final int MOST_PATCHES = 50;

  /**
   * Number of patches of each class, from the class's own images and again from images of other
   * classes.
   */
  public static final Parameter<Integer> PATCHES =
      Parameter.of(
              "patches",
              "Patches per class",
              "Number of patches from images of each class, and again from images of others.",
              WholeNumber.between(1, MOST_PATCHES))
          .defaultsTo(6);

  private static final Metric OWN_SHARE =
      Metric.of("own-class-share", "Share from images of the class", Metric.Unit.SHARE);

  private static final Metric IMAGE_SHARE =
      Metric.of("class-image-share", "Share of images", Metric.Unit.SHARE);

  /**
   * Patches, magnified without smoothing. The facts of each are its {@code image} and that image's
   * {@code class}; the class of which it is a sign ({@code label}); its {@code rank}, from 1, among
   * the patches {@code from} own images or others; its {@code logit}; and in pixels of the image
   * its first row ({@code top}) and column ({@code left}) and its {@code side}.
   */
  public static final Output PATCH_PICTURES =
      Output.pictures(
          "predictive-patches",
          "Most predictive patches",
          Axis.of("label", "Class"),
          Axis.of("from", "From images"));

  /**
   * Share of all images that belong to the class, which is the share expected by chance: the mean
   * over classes with images.
   */
  public static final Output CHANCE =
      Output.scalar("own-class-chance", "Images of the class, by chance", IMAGE_SHARE)
          .read(OutputReading.BY_CHANCE);

  /** The same share for each class with images. */
  public static final Output CHANCE_BY_CLASS =
      Output.scalar(
              "own-class-chance-by-class",
              "Images of the class, by chance, by class",
              IMAGE_SHARE,
              Axis.CLASS)
          .read(OutputReading.BY_CHANCE);

  /**
   * Share of a class's patches with the highest logits, one per image, that are from images of the
   * class: the mean over the same classes. Its number of images is that of these patches, each of
   * which is from a different image, not that of all images.
   */
  public static final Output OWN_PATCHES =
      Output.scalar("own-class-share", "Top patches from images of the class", OWN_SHARE)
          .read(own(CHANCE));

  /** The same share for each class with images. */
  public static final Output OWN_PATCHES_BY_CLASS =
      Output.scalar(
              "own-class-share-by-class",
              "Top patches from images of the class, by class",
              OWN_SHARE,
              Axis.CLASS)
          .read(own(CHANCE_BY_CLASS));

  /** How shares of the strongest patches are read. */
  private static OutputReading own(Output chance) {
    return new OutputReading.FromOutput(
        "The share of a class's strongest patches that are from images of the class. A network that sees nothing of the class has the share that chance gives.",
        chance,
        "The strongest patches are signs of their class",
        "The strongest patches are rather from other classes");
  }

  public PredictivePatchesExperiment() {
    super(
        NAME,
        "Predictive patches",
        "Find the patches in which a BagNet sees the most evidence for each class.",
        new Source(Source.PAPER, "figure 4"),
        Subject.network(
            Requirement.localReceptiveField("no patch of an image has a logit of its own")),
        NetworkParameters.onImages(PATCHES, Stride.FOR_MANY_IMAGES),
        OnImages.withOthers(
            PATCH_PICTURES, OWN_PATCHES, OWN_PATCHES_BY_CLASS, CHANCE, CHANCE_BY_CLASS));
  }

  @Override
  public String title(NetworkSpec spec, Catalogue catalogue) {
    return "Predictive patches of %s, %d a class%s"
        .formatted(
            spec.networkAndImages(),
            spec.get(PATCHES),
            spec.get(Stride.FOR_MANY_IMAGES) == Stride.LARGEST
                ? ""
                : ", stride " + spec.get(Stride.FOR_MANY_IMAGES));
  }

  /**
   * The cost of writing a picture, in forward passes. Writing takes equally long for images of any
   * size: about as long as 5 passes over an image of 64 pixels on a CPU.
   */
  public static double costOfPicture(Workload workload) {
    return 5 * Math.pow(64.0 / workload.imageSize(), 2);
  }

  /** The cost excludes the pictures, whose number depends on the number of classes. */
  @Override
  public double cost(NetworkSpec spec, Workload workload) {
    return workload.test() * workload.patchLogits(spec.get(Stride.FOR_MANY_IMAGES));
  }
}
