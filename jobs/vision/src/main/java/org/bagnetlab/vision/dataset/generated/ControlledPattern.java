package org.bagnetlab.vision.dataset.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A class of {@link Controlled15}: the infinite texture that its images are cut from.
 *
 * @param name of the class
 * @param scale scale of the lattice
 * @param tile colours of the marks
 */
record ControlledPattern(String name, Scale scale, Tile tile) {

  /**
   * The distance of marks. A patch with a side of up to spacing - mark + 1 pixels contains no part
   * of a second mark: 9 for near marks, 17 for middle ones, 33 for far ones.
   */
  enum Scale {
    NEAR(11, 3, 6),
    MIDDLE(21, 5, 4),
    FAR(37, 5, 2);

    private final int spacing;
    private final int mark;
    private final int classes;

    Scale(int spacing, int mark, int classes) {
      this.spacing = spacing;
      this.mark = mark;
      this.classes = classes;
    }

    /** The distance between neighbouring marks in pixels. */
    int spacing() {
      return spacing;
    }

    /** The side of a mark in pixels. */
    int mark() {
      return mark;
    }

    /** The side of the largest patches that never contain parts of two marks. */
    int blindPatch() {
      return spacing - mark + 1;
    }
  }

  /** The colour of a mark: white, black, red and cyan, whose mean is the gray of the background. */
  enum Mark {
    WHITE(0xF2F2F2),
    BLACK(0x0D0D0D),
    RED(0xF20D0D),
    CYAN(0x0DF2F2);

    private final int colour;

    Mark(int colour) {
      this.colour = colour;
    }

    /** The colour as 0xRRGGBB. */
    int colour() {
      return colour;
    }
  }

  /** A tile of four marks: top left, top right, bottom left and bottom right. */
  record Tile(Mark first, Mark beside, Mark below, Mark across) {

    /** The six ways to arrange four colours on an infinite lattice, not counting shifts. */
    static final List<Tile> ARRANGEMENTS =
        List.of(
            new Tile(Mark.WHITE, Mark.BLACK, Mark.RED, Mark.CYAN),
            new Tile(Mark.WHITE, Mark.RED, Mark.BLACK, Mark.CYAN),
            new Tile(Mark.WHITE, Mark.BLACK, Mark.CYAN, Mark.RED),
            new Tile(Mark.WHITE, Mark.CYAN, Mark.BLACK, Mark.RED),
            new Tile(Mark.WHITE, Mark.RED, Mark.CYAN, Mark.BLACK),
            new Tile(Mark.WHITE, Mark.CYAN, Mark.RED, Mark.BLACK));

    static Tile of(Mark only) {
      return new Tile(only, only, only, only);
    }

    /** The mark in a row and a column of the lattice. */
    Mark at(int row, int column) {
      if (row % 2 == 0) {
        return column % 2 == 0 ? first : beside;
      }
      return column % 2 == 0 ? below : across;
    }

    /** Whether the tile has marks of several colours. */
    boolean mixed() {
      return first != beside;
    }
  }

  private static final List<Mark> SINGLE = List.of(Mark.WHITE, Mark.BLACK, Mark.RED);

  /** The patterns of all classes. */
  static final List<ControlledPattern> ALL = all();

  /** The lattice of its marks. */
  MarkLattice lattice() {
    return new MarkLattice(scale.spacing, scale.mark, tile);
  }

  /** Whether square patches of this size have the same distribution in both textures. */
  boolean looksLike(ControlledPattern other, int patch) {
    return equals(other)
        || (scale == other.scale
            && tile.mixed()
            && other.tile.mixed()
            && patch <= scale.blindPatch());
  }

  private static List<ControlledPattern> all() {
    List<ControlledPattern> all = new ArrayList<>();
    for (Scale scale : Scale.values()) {
      for (Tile tile : Tile.ARRANGEMENTS.subList(0, scale.classes)) {
        String name = "%s-%s-%s".formatted(lower(scale), lower(tile.beside), lower(tile.below));
        all.add(new ControlledPattern(name, scale, tile));
      }
    }
    for (Mark mark : SINGLE) {
      all.add(new ControlledPattern("only-" + lower(mark), Scale.NEAR, Tile.of(mark)));
    }
    return List.copyOf(all);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
