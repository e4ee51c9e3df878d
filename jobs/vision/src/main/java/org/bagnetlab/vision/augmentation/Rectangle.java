package org.bagnetlab.vision.augmentation;

import java.util.Optional;
import java.util.Random;

/** A rectangle of pixels of an image. */
record Rectangle(int top, int left, int height, int width) {

  private static final int TRIES = 10;

  /**
   * Draws a rectangle of a square image: its share of the area uniformly, the ratio of its sides on
   * a logarithmic scale, and then its place among all places inside of the image. Shapes that do
   * not fit are drawn again, up to ten times in all.
   *
   * @param side side of the image
   * @param longest most rows and columns of the rectangle
   * @param share share of the image's area
   * @param ratio width / height
   */
  static Optional<Rectangle> draw(int side, int longest, Range share, Range ratio, Random random) {
    for (int i = 0; i < TRIES; i++) {
      double area = side * side * share.uniform(random);
      double drawnRatio = ratio.logUniform(random);
      int width = (int) Math.rint(Math.sqrt(area * drawnRatio));
      int height = (int) Math.rint(Math.sqrt(area / drawnRatio));
      if (0 < width && width <= longest && 0 < height && height <= longest) {
        int top = random.nextInt(side - height + 1);
        int left = random.nextInt(side - width + 1);
        return Optional.of(new Rectangle(top, left, height, width));
      }
    }
    return Optional.empty();
  }
}
