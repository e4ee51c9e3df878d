package org.bagnetlab.vision.architecture;

/**
 * The patches of a network without padding: where they lie in an image.
 *
 * @param field side of a patch in pixels
 * @param stride distance in pixels between neighbouring patches
 * @param image side of the image in pixels, at least a patch
 */
public record Patches(int field, int stride, int image) {

  /** Patches in a row, and in a column. */
  public int perSide() {
    return (image - field) / stride + 1;
  }

  /**
   * The share of patches that lie within one tile when the image is cut into square tiles, so that
   * rearranging the tiles only moves them.
   *
   * @param tile side of a tile in pixels
   */
  public double shareWithin(int tile) {
    int within = 0;
    for (int i = 0; i < perSide(); i++) {
      int first = i * stride;
      int last = first + field - 1;
      within += first / tile == last / tile ? 1 : 0;
    }
    double share = (double) within / perSide();
    return share * share;
  }
}
