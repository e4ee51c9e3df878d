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

  /**
   * All square windows with this side within a map. If the map is smaller than this in one
   * direction, the windows cover it in that direction.
   */
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

  /** The intersection of both windows. */
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
