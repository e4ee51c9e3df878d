package org.bagnetlab.vision.dataset.duplicate;

import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * An image reduced to 32 x 32 gray levels for comparisons. Two different photographs of a scene
 * correlate less; copies that were slightly cropped, scaled or recompressed correlate above .99.
 */
final class Thumbnail {

  private static final int SIDE = 32;

  /** Side in pixels of the blocks that are compared first. */
  private static final int BLOCK = 8;

  private static final int BLOCKS = SIDE / BLOCK;

  private final byte[] levels;
  private final long sum;

  /**
   * The norm of the gray levels' deviations from their mean, times the square root of the number of
   * levels.
   */
  private final double norm;

  /** The unit vector of those deviations, projected onto the blocks. */
  private final float[] coarse;

  private Thumbnail(byte[] levels) {
    this.levels = levels;
    long levelSum = 0;
    long squares = 0;
    long[] blocks = new long[BLOCKS * BLOCKS];
    for (int i = 0; i < levels.length; i++) {
      int level = levels[i] & 0xFF;
      levelSum += level;
      squares += (long) level * level;
      blocks[i / SIDE / BLOCK * BLOCKS + i % SIDE / BLOCK] += level;
    }
    sum = levelSum;
    norm = Math.sqrt((double) (levels.length * squares - levelSum * levelSum));
    coarse = new float[blocks.length];
    for (int i = 0; i < blocks.length && norm > 0; i++) {
      double difference = blocks[i] - (double) levelSum / blocks.length;
      coarse[i] = (float) (difference / BLOCK * SIDE / norm);
    }
  }

  static Thumbnail of(Pixels image) {
    Pixels small = BilinearResize.toSquare(image, SIDE);
    byte[] levels = new byte[SIDE * SIDE];
    for (int i = 0; i < levels.length; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      // The weights of ITU-R BT.601, which leave the levels of a gray image unchanged.
      int weighted =
          299 * small.at(row, column, 0)
              + 587 * small.at(row, column, 1)
              + 114 * small.at(row, column, 2);
      levels[i] = (byte) ((weighted + 500) / 1000);
    }
    return new Thumbnail(levels);
  }

  /** Pearson's correlation of the levels; 0 if all levels of an image are equal. */
  double correlation(Thumbnail other) {
    if (norm == 0 || other.norm == 0) {
      return 0;
    }
    long products = 0;
    for (int i = 0; i < levels.length; i++) {
      products += (long) (levels[i] & 0xFF) * (other.levels[i] & 0xFF);
    }
    return (levels.length * products - sum * other.sum) / (norm * other.norm);
  }

  /**
   * Whether the blocks alone rule out a correlation of r: the distance of two unit vectors with
   * correlation r is the square root of 2 - 2 r, and the distance of their projections is at most
   * that. For most pairs, a few blocks are enough to decide.
   */
  boolean differs(Thumbnail other, double correlation) {
    double limit = 2 - 2 * correlation + 1e-4; // larger than float32's rounding
    double distance = 0;
    for (int i = 0; i < coarse.length; i++) {
      double difference = coarse[i] - other.coarse[i];
      distance += difference * difference;
      if (distance > limit) {
        return true;
      }
    }
    return false;
  }
}
