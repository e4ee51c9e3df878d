package org.bagnetlab.server.cli.dataset;

/** Describes the sizes of the images of a data set as text. */
final class ImageSizes {

  private ImageSizes() {}

  /** Describes the smallest and largest sides in pixels. */
  static String text(int minWidth, int maxWidth, int minHeight, int maxHeight) {
    return "%s pixels wide, %s high"
        .formatted(range(minWidth, maxWidth), range(minHeight, maxHeight));
  }

  private static String range(int low, int high) {
    return low == high ? String.valueOf(low) : "%d to %d".formatted(low, high);
  }
}
