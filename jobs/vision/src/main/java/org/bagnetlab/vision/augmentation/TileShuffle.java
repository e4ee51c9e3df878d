package org.bagnetlab.vision.augmentation;

import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.scrambling.Scramble;

/**
 * Scrambles an image.
 *
 * @param name name from which the permutation follows
 */
record TileShuffle(Scramble scramble, String name) implements PixelChange {

  private static final int TILES_A_SIDE = 4;

  /**
   * The shuffle of an image in an epoch. Its permutation is independent of those of {@link
   * org.bagnetlab.vision.scrambling scrambled test images}, whose names are paths alone.
   */
  static TileShuffle of(Draws draws) {
    return new TileShuffle(
        new Scramble(TILES_A_SIDE, draws.seed()),
        "training epoch " + draws.epoch() + ", " + draws.path());
  }

  @Override
  public Pixels apply(Pixels image) {
    return scramble.apply(image, name);
  }
}
