package org.bagnetlab.vision.dataset.duplicate;

import org.bagnetlab.vision.dataset.image.BilinearResize;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * An image in 32 x 32 gray levels, to be compared with others. Two photographs of a scene differ;
 * copies that were cropped by little, scaled or compressed again correlate above .99.
 */
final class Thumbnail {

  private static final int SIDE = 32;

  /** Blocks of so many pixels a side are compared first. */
  private static final int BLOCK = 8;

  private static final int BLOCKS = SIDE / BLOCK;

  private final byte[] levels;
  private final long sum;

  /** Of the levels' differences from their mean, times the square root of their number. */
  private final double norm;

  /** The unit vector of those differences, projected onto the blocks. */
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
      // The weights of ITU-R BT.601, which give a gray image its own levels.
      int weighted =
          299 * small.at(row, column, 0)
              + 587 * small.at(row, column, 1)
              + 114 * small.at(row, column, 2);
      levels[i] = (byte) ((weighted + 500) / 1000);
    }
    return new Thumbnail(levels);
  }

  /** Pearson's correlation of the levels; 0 where an image has only one. */
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
   * Whether the blocks alone rule out such a correlation r: the distance of two unit vectors is the
   * square root of 2 - 2 r, and that of their projections is no longer. Most pairs need only a few
   * of them.
   */
  boolean differs(Thumbnail other, double correlation) {
    double limit = 2 - 2 * correlation + 1e-4; // more than float32 rounds
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
