package org.bagnetlab.worker.evidence;

import org.bagnetlab.vision.network.LogitMap;

/**
 * Reads the logit of a class at points of an image, linearly between the centres of the patches
 * around a point.
 *
 * @param map patch logits
 * @param field side of a patch in pixels
 * @param stride distance between neighbouring patches in pixels
 */
record EvidenceMap(LogitMap map, int field, int stride) {

  /**
   * The logits at a square of points.
   *
   * @param image number in the map's batch
   * @param label the class
   * @param first position of the first point's centre in pixels, in both directions
   * @param distance between neighbouring points in pixels
   * @param side points in a row, and in a column
   * @return row by row
   */
  double[] at(int image, int label, double first, double distance, int side) {
    double[] values = new double[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        values[row * side + column] =
            value(image, label, first + row * distance, first + column * distance);
      }
    }
    return values;
  }

  private double value(int image, int label, double y, double x) {
    double down = position(y, map.height());
    double right = position(x, map.width());
    int top = (int) down;
    int left = (int) right;
    int bottom = Math.min(top + 1, map.height() - 1);
    int further = Math.min(left + 1, map.width() - 1);
    double vertical = down - top;
    double horizontal = right - left;
    return (1 - vertical)
            * ((1 - horizontal) * map.at(image, label, top, left)
                + horizontal * map.at(image, label, top, further))
        + vertical
            * ((1 - horizontal) * map.at(image, label, bottom, left)
                + horizontal * map.at(image, label, bottom, further));
  }

  /** A pixel in units of patches: 0 is the centre of the first. Outside, the nearest patch. */
  private double position(double pixel, int patches) {
    return Math.max(0, Math.min(patches - 1.0, (pixel - (field - 1) / 2.0) / stride));
  }
}
