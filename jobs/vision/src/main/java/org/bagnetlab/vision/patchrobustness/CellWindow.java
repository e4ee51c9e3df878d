package org.bagnetlab.vision.patchrobustness;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of cells of a logit map, which may be empty.
 *
 * @param top first row
 * @param left first column
 * @param bottom row after the last one
 * @param right column after the last one
 */
record CellWindow(int top, int left, int bottom, int right) {

  /** All squares with this side within a map; in a smaller direction of the map, they cover it. */
  static List<CellWindow> all(int side, int height, int width) {
    int rows = Math.min(side, height);
    int columns = Math.min(side, width);
    List<CellWindow> all = new ArrayList<>();
    for (int top = 0; top + rows <= height; top++) {
      for (int left = 0; left + columns <= width; left++) {
        all.add(new CellWindow(top, left, top + rows, left + columns));
      }
    }
    return all;
  }

  /** The cells that both have. */
  CellWindow and(CellWindow other) {
    int first = Math.max(top, other.top);
    int from = Math.max(left, other.left);
    return new CellWindow(
        first,
        from,
        Math.max(first, Math.min(bottom, other.bottom)),
        Math.max(from, Math.min(right, other.right)));
  }
}
