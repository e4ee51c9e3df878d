package org.bagnetlab.vision.augmentation;

import java.util.Random;

/** How an image is mixed with another one, its partner. */
public sealed interface Mixing {

  /** The share of the image itself; that of its partner is the rest. */
  double share();

  /** The image remains as it is. */
  record None() implements Mixing {
    @Override
    public double share() {
      return 1;
    }
  }

  /**
   * Mixup: the weighted mean of both images (Zhang et al., mixup: Beyond Empirical Risk
   * Minimization, 2018).
   *
   * @param share weight of the image
   */
  record Mixup(double share) implements Mixing {
    static Mixup draw(double strength, Random random) {
      return new Mixup(new SymmetricBeta(strength).draw(random));
    }
  }

  /**
   * CutMix: a rectangle of the partner is pasted over the image at the same place (Yun et al.,
   * CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features, 2019).
   * The rectangle may be empty.
   *
   * @param top first row of the rectangle
   * @param left first column of the rectangle
   * @param height rows of the rectangle
   * @param width columns of the rectangle
   * @param side side of the square images
   */
  record CutMix(int top, int left, int height, int width, int side) implements Mixing {

    /**
     * Draws the share of the image, and from it the size of a square with the same proportion,
     * around a uniformly drawn pixel. What lies outside of the image is cut off, as in torchvision.
     */
    static CutMix draw(int side, double strength, Random random) {
      double share = new SymmetricBeta(strength).draw(random);
      int half = (int) (Math.sqrt(1 - share) / 2 * side);
      int centreRow = random.nextInt(side);
      int centreColumn = random.nextInt(side);
      int top = Math.max(0, centreRow - half);
      int left = Math.max(0, centreColumn - half);
      int height = Math.min(side, centreRow + half) - top;
      int width = Math.min(side, centreColumn + half) - left;
      return new CutMix(top, left, height, width, side);
    }

    /** The share of the area that remains, which the cut-off rectangle decides. */
    @Override
    public double share() {
      return 1 - (double) (height * width) / (side * side);
    }
  }
}
