package org.bagnetlab.experiment.evidence;

/**
 * The points of an image at which evidence is recorded: every eighth pixel, or every fourth in
 * small images, where patches of every receptive field up to {@link #LARGEST_FIELD} can have their
 * centres.
 *
 * @param distance between neighbouring patches of a network in pixels
 * @param image side of the image in pixels
 */
public record PointGrid(int distance, int image) {

  /** The largest receptive field whose patches can be centred at all points. */
  public static final int LARGEST_FIELD = 33;

  /** Maximum number of recorded points per side. */
  private static final int MOST = 16;

  /** Number of patches in a row of one crop of the image. */
  public int patches() {
    return (image - LARGEST_FIELD) / distance + 1;
  }

  /** Number of crops in each direction: two, half a distance apart, if they fit; otherwise one. */
  public int shifts() {
    int needed = (patches() - 1) * distance + LARGEST_FIELD + distance / 2;
    return needed <= image && 2 * patches() <= MOST ? 2 : 1;
  }

  /** Side in pixels of a crop for patches of this receptive field. */
  public int crop(int field) {
    return (patches() - 1) * distance + field;
  }
}
