package org.bagnetlab.vision.augmentation;

/**
 * The augmentations of training images, in the order in which they are applied. Each has a
 * strength, whose meaning is its own; an augmentation of strength 0 is off.
 */
public enum Augmentation {
  /**
   * Random resized crop: a rectangle is cut out and resized to the image's size. Its share of the
   * area is drawn from [1 - strength, 1].
   */
  CROP("crop"),

  /** The probability that the image is mirrored, left to right. */
  FLIP("flip"),

  /**
   * Translation: the largest shift along each axis as a share of the image's side. Shifts are whole
   * pixels, and uncovered pixels become black.
   */
  TRANSLATE("translate"),

  /** Brightness: its factor is drawn from [1 - strength, 1 + strength], but is at least 0. */
  BRIGHTNESS("brightness"),

  /** Contrast: its factor is drawn like that of brightness. */
  CONTRAST("contrast"),

  /** Saturation of colours: its factor is drawn like that of brightness. Needs a colour image. */
  COLOUR("colour"),

  /** The probability that a colour image becomes gray. */
  GREY("grey"),

  /**
   * Gaussian blur: the standard deviation is drawn from [0.1, strength] pixels, or is the strength
   * if that is smaller.
   */
  BLUR("blur"),

  /** The probability that the image's 4 x 4 tiles are shuffled. */
  SHUFFLE_TILES("shuffleTiles"),

  /** Random erasing: the probability that a rectangle gets ImageNet's mean colour. */
  ERASING("erasing"),

  /** Mixup: both parameters of the beta distribution from which the image's share is drawn. */
  MIXUP("mixup"),

  /** CutMix: both parameters of the beta distribution from which the image's share is drawn. */
  CUTMIX("cutmix");

  private final String text;

  Augmentation(String text) {
    this.text = text;
  }

  /** Its name in the settings of a training. */
  public String text() {
    return text;
  }
}
