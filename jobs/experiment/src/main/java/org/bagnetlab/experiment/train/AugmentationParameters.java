package org.bagnetlab.experiment.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.request.Decimal;

/**
 * Random changes of training images, by strength; 0 leaves the images as they are. They are applied
 * in this order, and drawn anew for each image and epoch.
 */
public final class AugmentationParameters {

  /** Largest share of an image's area that a random crop cuts away. */
  public static final Parameter<Double> CROP =
      strength(
          "crop",
          "Random crop",
          "Largest share of the area that a random crop cuts away before it is resized.",
          0.95);

  /** Probability of a horizontal flip. */
  public static final Parameter<Double> FLIP =
      strength("flip", "Flip", "Probability of a horizontal flip.", 1);

  /** Largest shift as a share of the side. */
  public static final Parameter<Double> TRANSLATE =
      strength(
          "translate",
          "Translation",
          "Largest shift in each direction, as a share of the side.",
          1);

  /** Largest change of brightness. */
  public static final Parameter<Double> BRIGHTNESS =
      strength("brightness", "Brightness", "Largest change of the brightness, as a share.", 1);

  /** Largest change of contrast. */
  public static final Parameter<Double> CONTRAST =
      strength("contrast", "Contrast", "Largest change of the contrast, as a share.", 1);

  /** Largest change of saturation. */
  public static final Parameter<Double> COLOUR =
      strength("colour", "Saturation", "Largest change of the saturation, as a share.", 1);

  /** Probability of a conversion to gray. */
  public static final Parameter<Double> GREY =
      strength("grey", "Grey", "Probability of a conversion to grey.", 1);

  /** Largest standard deviation of a Gaussian blur in pixels. */
  public static final Parameter<Double> BLUR =
      strength("blur", "Blur", "Largest standard deviation of a Gaussian blur, in pixels.", 10);

  /** Probability of shuffled tiles. */
  public static final Parameter<Double> SHUFFLE_TILES =
      strength(
          "shuffleTiles",
          "Tile shuffling",
          "Probability that the image's 4 × 4 tiles are shuffled, as in scrambled test images.",
          1);

  /** Probability of an erased rectangle. */
  public static final Parameter<Double> ERASING =
      strength(
          "erasing",
          "Random erasing",
          "Probability that a random rectangle is replaced by the mean colour.",
          1);

  /** Parameter of mixup's distribution. */
  public static final Parameter<Double> MIXUP =
      strength(
          "mixup",
          "Mixup",
          "Mix each image with another one of its batch. The weight is drawn from a beta distribution"
              + " both of whose parameters are this number.",
          10);

  /** Parameter of CutMix's distribution. */
  public static final Parameter<Double> CUTMIX =
      strength(
          "cutmix",
          "CutMix",
          "Cover a rectangle of each image with another image of its batch. The share that stays is"
              + " drawn from a beta distribution both of whose parameters are this number.",
          10);

  /** All of them, in the order in which they are applied. */
  public static final List<Parameter<Double>> ALL =
      List.of(
          CROP,
          FLIP,
          TRANSLATE,
          BRIGHTNESS,
          CONTRAST,
          COLOUR,
          GREY,
          BLUR,
          SHUFFLE_TILES,
          ERASING,
          MIXUP,
          CUTMIX);

  private AugmentationParameters() {}

  private static Parameter<Double> strength(String name, String label, String help, double most) {
    String words = label.toLowerCase(Locale.ROOT);
    return Parameter.of(name, label, help, RealNumber.between(0, most))
        .group(ParameterGroup.AUGMENTATION)
        .inCaptionsIfUnusual(
            strength -> strength == 0 ? "no " + words : words + " " + Decimal.plain(strength))
        .defaultsTo(RecipeParameter.decides(recipe -> recipe.augmentation(name)))
        .keepsMemory();
  }

  /**
   * The strengths of a training's augmentations by the names of their parameters, without zeros.
   */
  public static Map<String, Double> strengths(TrainSpec spec) {
    Map<String, Double> strengths = new LinkedHashMap<>();
    for (Parameter<Double> parameter : ALL) {
      double strength = spec.get(parameter);
      if (strength > 0) {
        strengths.put(parameter.name(), strength);
      }
    }
    return strengths;
  }
}
