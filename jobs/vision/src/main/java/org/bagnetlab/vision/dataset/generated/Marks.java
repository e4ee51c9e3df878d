package org.bagnetlab.vision.dataset.generated;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Mark;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Scale;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Tile;

/**
 * The size and colours of the marks of {@link Controlled15}, independent of the lattice. A patch
 * that is too small for two marks shows nothing else, except for how frequent marks are.
 */
enum Marks {
  /** The marks of the near classes. */
  SMALL_MIXED(Scale.NEAR, Optional.empty()),
  /** The marks of the middle and the far classes, which are the same. */
  LARGE_MIXED(Scale.MIDDLE, Optional.empty()),
  SMALL_WHITE(Scale.NEAR, Optional.of(Mark.WHITE)),
  SMALL_BLACK(Scale.NEAR, Optional.of(Mark.BLACK)),
  SMALL_RED(Scale.NEAR, Optional.of(Mark.RED));

  private final Scale scale;
  private final Optional<Mark> only;

  Marks(Scale scale, Optional<Mark> only) {
    this.scale = scale;
    this.only = only;
  }

  /** The name in paths and results. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The side of a mark in pixels. */
  int side() {
    return scale.mark();
  }

  /** Whether the marks have four colours, so that their arrangement is visible. */
  boolean mixed() {
    return only.isEmpty();
  }

  /** Whether a class has these marks. */
  boolean of(ControlledPattern pattern) {
    return pattern.scale().mark() == side()
        && only.map(Tile::of).map(pattern.tile()::equals).orElse(pattern.tile().mixed());
  }

  /** The classes that have these marks. */
  List<ControlledPattern> classes() {
    return ControlledPattern.ALL.stream().filter(this::of).toList();
  }

  /**
   * These marks on the lattice of a class; marks of four colours are in the arrangement of the
   * class.
   */
  MarkLattice on(ControlledPattern lattice) {
    return new MarkLattice(
        lattice.scale().spacing(), side(), only.map(Tile::of).orElse(lattice.tile()));
  }
}
