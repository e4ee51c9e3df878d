package org.bagnetlab.vision.heatmap;

/**
 * How a square of patches is computed in smaller squares, all of one size, of which the last in
 * each direction begin before the end of those before them.
 *
 * @param length patches in a row of the whole
 * @param computed the same, including positions that are computed and cut off
 * @param across tiles in a row
 * @param side patches in a row of a tile
 */
record Tiling(int length, int computed, int across, int side) {

  /**
   * Plans it.
   *
   * @param length patches in a row of the whole
   * @param step every square that is computed has a multiple of so many in a row
   * @param largest most patches in a row of a tile, a multiple of {@code step}
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

  /** The first row of a tile, which are numbered row by row. */
  int row(int tile) {
    return Math.min(tile / across * side, computed - side);
  }

  /** The first column of a tile. */
  int column(int tile) {
    return Math.min(tile % across * side, computed - side);
  }

  /** Writes what of a tile lies within the whole at its place. */
  void insert(float[] values, int tile, float[] whole) {
    int columns = Math.min(side, length - column(tile));
    for (int y = 0; y < Math.min(side, length - row(tile)); y++) {
      System.arraycopy(values, y * side, whole, (row(tile) + y) * length + column(tile), columns);
    }
  }
}
