package org.bagnetlab.vision.dataset.generated;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Mark;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Scale;
import org.bagnetlab.vision.dataset.generated.ControlledPattern.Tile;

/**
 * The marks of classes of {@link Controlled15}, whatever lattice they stand on: their size and
 * their colours. It is all that a patch shows that is too small for two marks, but for how many
 * there are.
 */
enum Marks {
  /** Of the near classes. */
  SMALL_MIXED(Scale.NEAR, Optional.empty()),
  /** Of the middle and the far classes, which have the same. */
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

  /** Its name in paths and results. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Side of a mark in pixels. */
  int side() {
    return scale.mark();
  }

  /** Whether they have the four colours, so that their arrangement shows. */
  boolean mixed() {
    return only.isEmpty();
  }

  /** Whether a class has them. */
  boolean of(ControlledPattern pattern) {
    return pattern.scale().mark() == side()
        && only.map(Tile::of).map(pattern.tile()::equals).orElse(pattern.tile().mixed());
  }

  /** The classes that have them. */
  List<ControlledPattern> classes() {
    return ControlledPattern.ALL.stream().filter(this::of).toList();
  }

  /** These marks in the places of a class's, and if there are four colours, in its arrangement. */
  MarkLattice on(ControlledPattern lattice) {
    return new MarkLattice(
        lattice.scale().spacing(), side(), only.map(Tile::of).orElse(lattice.tile()));
  }
}
