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
  CROP(1),

  /** The probability that the image is mirrored, left to right. */
  FLIP(1),

  /**
   * Translation: the largest shift along each axis as a share of the image's side. Shifts are whole
   * pixels, and uncovered pixels become black.
   */
  TRANSLATE(1),

  /** Brightness: its factor is drawn from [1 - strength, 1 + strength], but is at least 0. */
  BRIGHTNESS(100),

  /** Contrast: its factor is drawn like that of brightness. */
  CONTRAST(100),

  /** Saturation of colours: its factor is drawn like that of brightness. Needs a colour image. */
  COLOUR(100),

  /** The probability that a colour image becomes gray. */
  GREY(1),

  /**
   * Gaussian blur: the standard deviation is drawn from [0.1, strength] pixels, or is the strength
   * if that is smaller.
   */
  BLUR(100),

  /** The probability that the image's 4 x 4 tiles are shuffled. */
  SHUFFLE_TILES(1),

  /** Random erasing: the probability that a rectangle gets ImageNet's mean colour. */
  ERASING(1),

  /** Mixup: both parameters of the beta distribution from which the image's share is drawn. */
  MIXUP(100),

  /** CutMix: both parameters of the beta distribution from which the image's share is drawn. */
  CUTMIX(100);

  private final double greatest;

  Augmentation(double greatest) {
    this.greatest = greatest;
  }

  /** The greatest strength: 1 for probabilities and shares, otherwise far beyond any use. */
  public double greatest() {
    return greatest;
  }
}
