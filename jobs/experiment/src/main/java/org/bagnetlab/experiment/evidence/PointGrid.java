package org.bagnetlab.experiment.evidence;

/**
 * The points of an image at which evidence is recorded: every eighth pixel, or every fourth in
 * small images, where patches of every field up to {@link #LARGEST_FIELD} can have their centres.
 *
 * @param distance between neighbouring patches of a network in pixels
 * @param image side of the image in pixels
 */
public record PointGrid(int distance, int image) {

  /** The largest field whose patches can be centred at all points. */
  public static final int LARGEST_FIELD = 33;

  /** The most points per side that are recorded. */
  private static final int MOST = 16;

  /** Patches in a row of one crop of the image. */
  public int patches() {
    return (image - LARGEST_FIELD) / distance + 1;
  }

  /** Crops in each direction: two, half a distance apart, if they fit, otherwise one. */
  public int shifts() {
    int needed = (patches() - 1) * distance + LARGEST_FIELD + distance / 2;
    return needed <= image && 2 * patches() <= MOST ? 2 : 1;
  }

  /** Side in pixels of a crop for patches of this side. */
  public int crop(int field) {
    return (patches() - 1) * distance + field;
  }
}
