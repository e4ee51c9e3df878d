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

  /** Whether a pixel is part of a mark. */
  boolean marked(int row, int column) {
    return row % spacing < mark && column % spacing < mark;
  }

  /** The colour at a pixel, 0xRRGGBB. */
  int colour(int row, int column) {
    if (!marked(row, column)) {
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
    Phase phase = phase(random);
    byte[] values = new byte[3 * size * size];
    int position = 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int colour = colour(row + phase.down(), column + phase.right());
        for (int shift = 16; shift >= 0; shift -= 8) {
          long level = Math.round((colour >> shift & 0xFF) + NOISE * random.nextGaussian());
          values[position++] = (byte) Math.max(0, Math.min(255, level));
        }
      }
    }
    return new Pixels(size, size, 3, values);
  }

  /**
   * Where the marks of an image are.
   *
   * @return [row, column]: whether the pixel is part of a mark, whole or cut off by the border
   */
  boolean[] marks(String path, int size) {
    Phase phase = phase(new Random(seed(path)));
    boolean[] marks = new boolean[size * size];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = marked(i / size + phase.down(), i % size + phase.right());
    }
    return marks;
  }

  /** Rows of the texture above an image, and columns to its left. */
  private record Phase(int down, int right) {}

  /** The first that an image's random numbers decide. */
  private Phase phase(Random random) {
    int down = random.nextInt(period());
    return new Phase(down, random.nextInt(period()));
  }

  /** Strings hash the same on every Java; the multiplication spreads neighbouring numbers. */
  private static long seed(String path) {
    return path.hashCode() * 0x9E3779B97F4A7C15L;
  }
}
