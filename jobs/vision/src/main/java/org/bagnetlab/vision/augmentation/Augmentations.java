package org.bagnetlab.vision.augmentation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * The augmentations of a training. What is drawn for an image depends only on the seed, the epoch
 * and the image's path, so that a resumed training and every engine see the same pixels, and each
 * augmentation draws independently of which others are on.
 */
public final class Augmentations {

  /** Chooses between mixup and CutMix if both are on. */
  private static final String CHOICE = "MIXUP OR CUTMIX";

  private final EnumMap<Augmentation, Double> strengths;
  private final long seed;

  private Augmentations(EnumMap<Augmentation, Double> strengths, long seed) {
    this.strengths = strengths;
    this.seed = seed;
  }

  /**
   * Creates the augmentations of a training.
   *
   * @param strengths strength of each augmentation; those that are missing are off
   * @param seed seed of everything that is drawn
   * @throws IllegalArgumentException if a strength is negative
   */
  public static Augmentations of(Map<Augmentation, Double> strengths, long seed) {
    EnumMap<Augmentation, Double> on = new EnumMap<>(Augmentation.class);
    strengths.forEach(
        (augmentation, strength) -> {
          if (!(strength >= 0)) {
            throw new IllegalArgumentException(
                "the strength of %s must be at least 0, but is %s"
                    .formatted(augmentation.text(), strength));
          }
          if (strength > 0) {
            on.put(augmentation, strength);
          }
        });
    return new Augmentations(on, seed);
  }

  /**
   * The same, with strengths by {@link Augmentation#text}.
   *
   * @throws IllegalArgumentException if a strength is negative
   */
  public static Augmentations named(Map<String, Double> strengths, long seed) {
    Map<Augmentation, Double> chosen = new EnumMap<>(Augmentation.class);
    for (Augmentation augmentation : Augmentation.values()) {
      chosen.put(augmentation, strengths.getOrDefault(augmentation.text(), 0.0));
    }
    return of(chosen, seed);
  }

  /** Whether all augmentations are off. */
  public boolean none() {
    return strengths.isEmpty();
  }

  /** Whether images are mixed: whether mixup or CutMix is on. */
  public boolean mixes() {
    return strengths.containsKey(Augmentation.MIXUP) || strengths.containsKey(Augmentation.CUTMIX);
  }

  /**
   * Applies all augmentations of a single image, which are all except mixup and CutMix.
   *
   * @param image a square image; a gray image of one channel stays one
   * @param path the image's path in its data set
   * @param epoch the epoch, counted from 1
   * @return an image of the same size; the same object if nothing changes
   * @throws IllegalArgumentException if the image is not square, or its tiles are to be shuffled
   *     and its side is not a multiple of 4
   */
  public Pixels apply(Pixels image, String path, int epoch) {
    if (image.width() != image.height()) {
      throw new IllegalArgumentException(
          "only square images are augmented, not one of %d x %d pixels"
              .formatted(image.width(), image.height()));
    }
    Pixels changed = image;
    for (PixelChange change : changes(path, epoch, image.width())) {
      changed = change.apply(changed);
    }
    return changed;
  }

  /** Draws the changes of an image, in the order in which they are applied. */
  List<PixelChange> changes(String path, int epoch, int side) {
    Draws draws = new Draws(seed, epoch, path);
    return strengths.keySet().stream()
        .flatMap(augmentation -> drawn(augmentation, draws, side).stream())
        .toList();
  }

  /**
   * Draws how an image is mixed with another one of its batch. If both mixup and CutMix are on, one
   * of them is drawn, each with probability 1/2.
   *
   * @param path the image's path in its data set
   * @param epoch the epoch, counted from 1
   * @param side side of the square image in pixels
   */
  public Mixing mixing(String path, int epoch, int side) {
    double mixup = strengths.getOrDefault(Augmentation.MIXUP, 0.0);
    double cutMix = strengths.getOrDefault(Augmentation.CUTMIX, 0.0);
    Draws draws = new Draws(seed, epoch, path);
    if (mixup > 0 && (cutMix == 0 || draws.random(CHOICE).nextBoolean())) {
      return Mixing.Mixup.draw(mixup, draws.random(Augmentation.MIXUP.name()));
    }
    return cutMix > 0
        ? Mixing.CutMix.draw(side, cutMix, draws.random(Augmentation.CUTMIX.name()))
        : new Mixing.None();
  }

  /** How an image is changed by an augmentation that is on. */
  private Optional<PixelChange> drawn(Augmentation augmentation, Draws draws, int side) {
    Random random = draws.random(augmentation.name());
    double strength = strengths.getOrDefault(augmentation, 0.0);
    return switch (augmentation) {
      case CROP -> ResizedCrop.draw(side, strength, random).map(PixelChange.class::cast);
      case FLIP -> chance(strength, random, new HorizontalFlip());
      case TRANSLATE -> Optional.of(Translation.draw(side, strength, random));
      case BRIGHTNESS -> Optional.of(new Brightness(factor(strength, random)));
      case CONTRAST -> Optional.of(new Contrast(factor(strength, random)));
      case COLOUR -> Optional.of(new Saturation(factor(strength, random)));
      case GREY -> chance(strength, random, new Grayscale());
      case BLUR -> Optional.of(GaussianBlur.draw(strength, random));
      case SHUFFLE_TILES -> chance(strength, random, TileShuffle.of(draws));
      case ERASING ->
          random.nextDouble() < strength
              ? Erasing.draw(side, random).map(PixelChange.class::cast)
              : Optional.empty();
      case MIXUP, CUTMIX -> Optional.empty();
    };
  }

  private static Optional<PixelChange> chance(
      double probability, Random random, PixelChange change) {
    return random.nextDouble() < probability ? Optional.of(change) : Optional.empty();
  }

  /** Draws a factor of brightness, contrast or saturation. */
  private static double factor(double strength, Random random) {
    return new Range(Math.max(0, 1 - strength), 1 + strength).uniform(random);
  }
}
