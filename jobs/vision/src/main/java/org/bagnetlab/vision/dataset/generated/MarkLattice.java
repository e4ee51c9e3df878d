package org.bagnetlab.vision.dataset.generated;

import java.util.Random;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Tile;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * An infinite texture that generated images are cut from: square marks on a gray square lattice,
 * coloured by a repeated tile of 2 x 2 marks.
 *
 * @param spacing distance between neighbouring marks in pixels
 * @param mark side of a mark in pixels
 * @param tile colours of the marks
 */
record MarkLattice(int spacing, int mark, Tile tile) {

  private static final int GROUND = 0x808080;

  /** Standard deviation of the noise on every value, in gray levels. */
  private static final double NOISE = 5;

  /** The period of the texture in pixels, in both directions. */
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
   * Cuts out an image at a random phase and adds noise.
   *
   * @param path path of the image, which is the seed of its random numbers
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
   * The number of marks of which each patch of an image contains at least a part.
   *
   * @param size side of the image in pixels
   * @param patch side of a patch
   * @param stride distance between neighbouring patches; the first patch is at the top left
   * @return the number of marks of each patch, as [row, column]
   */
  int[] marksOfPatches(String path, int size, int patch, int stride) {
    Phase phase = phase(new Random(seed(path)));
    int side = (size - patch) / stride + 1;
    int[] marks = new int[side * side];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = marks(phase.down() + i / side * stride, phase.right() + i % side * stride, patch);
    }
    return marks;
  }

  /** The number of marks of which a square of the texture contains at least a part. */
  int marks(int row, int column, int side) {
    return marksAlong(row, side) * marksAlong(column, side);
  }

  /** The number of rows of marks that overlap a range of pixel rows; also used for columns. */
  private int marksAlong(int from, int pixels) {
    int last = (from + pixels - 1) / spacing;
    int first = -Math.floorDiv(mark - 1 - from, spacing);
    return last - first + 1;
  }

  /**
   * The position of an image in the texture: the number of texture rows above it and of columns to
   * its left.
   */
  private record Phase(int down, int right) {}

  /** Draws the phase. This must be the first use of an image's random numbers. */
  private Phase phase(Random random) {
    int down = random.nextInt(period());
    return new Phase(down, random.nextInt(period()));
  }

  /**
   * Derives the seed from a path. Hashes of strings are the same in every Java version, and the
   * multiplication spreads neighbouring hashes.
   */
  private static long seed(String path) {
    return path.hashCode() * 0x9E3779B97F4A7C15L;
  }
}
