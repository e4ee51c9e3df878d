package org.bagnetlab.vision.architecture;

/**
 * The positions of the patches that a network without padding sees in an image.
 *
 * @param field side of a patch in pixels
 * @param stride distance in pixels between neighbouring patches
 * @param image side of the image in pixels, at least that of a patch
 */
public record Patches(int field, int stride, int image) {

  /** The number of patches in a row, which equals the number in a column. */
  public int perSide() {
    return (image - field) / stride + 1;
  }

  /**
   * The share of patches that lie within one tile when the image is cut into square tiles;
   * rearranging the tiles only moves these patches.
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
