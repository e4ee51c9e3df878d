package org.bagnetlab.vision.heatmap;

/**
 * A division of a square of patches into smaller squares of equal size, of which the last in each
 * direction may overlap the preceding one.
 *
 * @param length number of patches in a row of the whole square
 * @param computed the same number, including positions that are computed and then cut off
 * @param across number of tiles in a row
 * @param side number of patches in a row of a tile
 */
record Tiling(int length, int computed, int across, int side) {

  /**
   * Plans a tiling.
   *
   * @param length number of patches in a row of the whole square
   * @param step the number of patches in a row of every computed square is a multiple of this
   *     number
   * @param largest maximum number of patches in a row of a tile, a multiple of {@code step}
   */
  static Tiling of(int length, int step, int largest) {
    int computed = roundUp(length, step);
    int across = ceilDiv(computed, largest);
    return new Tiling(length, computed, across, roundUp(ceilDiv(computed, across), step));
  }

  private static int ceilDiv(int whole, int part) {
    return (whole + part - 1) / part;
  }

  private static int roundUp(int length, int step) {
    return ceilDiv(length, step) * step;
  }

  int count() {
    return across * across;
  }

  /** The first row of a tile; tiles are numbered row by row. */
  int row(int tile) {
    return Math.min(tile / across * side, computed - side);
  }

  /** The first column of a tile. */
  int column(int tile) {
    return Math.min(tile % across * side, computed - side);
  }

  /** Copies the part of a tile that lies within the whole square to its place. */
  void insert(float[] values, int tile, float[] whole) {
    int columns = Math.min(side, length - column(tile));
    for (int y = 0; y < Math.min(side, length - row(tile)); y++) {
      System.arraycopy(values, y * side, whole, (row(tile) + y) * length + column(tile), columns);
    }
  }
}
