package org.bagnetlab.vision.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The endless texture that a class of {@link Controlled15} cuts its images from: square marks on a
 * square lattice, coloured by a tile of 2 x 2 that repeats.
 *
 * @param name of the class
 * @param ground colour between the marks, 0xRRGGBB
 * @param spacing distance between neighbouring marks in pixels
 * @param mark side of a mark in pixels
 * @param arrangement which colours are neighbours
 */
record ControlledPattern(String name, int ground, int spacing, int mark, Arrangement arrangement) {

  /** The colours that stand beside and below the first one; the fourth stands across from it. */
  enum Arrangement {
    A(1, 2, 3),
    B(2, 1, 3),
    C(1, 3, 2),
    D(3, 1, 2);

    private final int beside;
    private final int below;
    private final int across;

    Arrangement(int beside, int below, int across) {
      this.beside = beside;
      this.below = below;
      this.across = across;
    }

    /** The colour at a place of the lattice, as an index of {@link #MARKS}. */
    int at(int row, int column) {
      if (row % 2 == 0) {
        return column % 2 == 0 ? 0 : beside;
      }
      return column % 2 == 0 ? below : across;
    }
  }

  /** White, black, red and cyan: their mean is gray, so that no arrangement changes the mean. */
  private static final int[] MARKS = {0xE6E6E6, 0x1A1A1A, 0xE61A1A, 0x1AE6E6};

  /**
   * All classes. A spacing must exceed a patch's side by the mark's, less one pixel, for the patch
   * to hold no part of a second mark: 11 for 9, 21 for 17, 37 for 33.
   */
  static final List<ControlledPattern> ALL = all();

  /** The texture repeats after this many pixels, across and down. */
  int period() {
    return 2 * spacing;
  }

  /** The colour at a pixel, 0xRRGGBB. */
  int colour(int row, int column) {
    if (row % spacing >= mark || column % spacing >= mark) {
      return ground;
    }
    return MARKS[arrangement.at(row / spacing, column / spacing)];
  }

  /** Whether square patches of this side have the same distribution in both textures. */
  boolean looksLike(ControlledPattern other, int patch) {
    boolean holdsNoTwoMarks = patch <= spacing - mark + 1;
    return equals(other) || (ground == other.ground && spacing == other.spacing && holdsNoTwoMarks);
  }

  private static List<ControlledPattern> all() {
    List<ControlledPattern> all = new ArrayList<>();
    for (Arrangement arrangement : Arrangement.values()) {
      all.add(pattern("near", 0x997A66, 11, 3, arrangement));
    }
    for (Arrangement arrangement : Arrangement.values()) {
      all.add(pattern("middle", 0x669980, 21, 5, arrangement));
    }
    for (Arrangement arrangement : Arrangement.values()) {
      all.add(pattern("far", 0x7A6699, 37, 5, arrangement));
    }
    all.add(new ControlledPattern("plain-yellow", 0x999966, 11, 3, Arrangement.A));
    all.add(new ControlledPattern("plain-blue", 0x666699, 11, 3, Arrangement.A));
    all.add(new ControlledPattern("plain-gray", 0x808080, 11, 3, Arrangement.A));
    return List.copyOf(all);
  }

  private static ControlledPattern pattern(
      String scale, int ground, int spacing, int mark, Arrangement arrangement) {
    return new ControlledPattern(
        scale + "-" + arrangement.name().toLowerCase(Locale.ROOT),
        ground,
        spacing,
        mark,
        arrangement);
  }
}
