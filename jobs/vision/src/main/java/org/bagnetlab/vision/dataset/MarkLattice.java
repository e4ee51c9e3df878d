package org.bagnetlab.vision.dataset;

import java.util.Random;
import org.bagnetlab.vision.dataset.ControlledPattern.Tile;

/**
 * An endless texture that generated images are cut from: square marks on a square lattice, coloured
 * by a tile of 2 x 2 that repeats, on gray.
 *
 * @param spacing distance between neighbouring marks in pixels
 * @param mark side of a mark in pixels
 * @param tile colours of the marks
 */
record MarkLattice(int spacing, int mark, Tile tile) {

  private static final int GROUND = 0x808080;

  /** Deviation of the noise on every value, in gray levels. */
  private static final double NOISE = 5;

  /** The texture repeats after this many pixels, across and down. */
  int period() {
    return 2 * spacing;
  }

  /** The colour at a pixel, 0xRRGGBB. */
  int colour(int row, int column) {
    if (row % spacing >= mark || column % spacing >= mark) {
      return GROUND;
    }
    return tile.at(row / spacing, column / spacing).colour();
  }

  /**
   * Cuts an image out at a random phase, and adds noise.
   *
   * @param path of the image: decides its random numbers
   * @param size side of the image in pixels
   */
  Pixels image(String path, int size) {
    Random random = new Random(seed(path));
    int down = random.nextInt(period());
    int right = random.nextInt(period());
    byte[] values = new byte[3 * size * size];
    int position = 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int colour = colour(row + down, column + right);
        for (int shift = 16; shift >= 0; shift -= 8) {
          long level = Math.round((colour >> shift & 0xFF) + NOISE * random.nextGaussian());
          values[position++] = (byte) Math.max(0, Math.min(255, level));
        }
      }
    }
    return new Pixels(size, size, 3, values);
  }

  /** Strings hash the same on every Java; the multiplication spreads neighbouring numbers. */
  private static long seed(String path) {
    return path.hashCode() * 0x9E3779B97F4A7C15L;
  }
}
