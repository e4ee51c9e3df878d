package org.bagnetlab.vision.architecture;

import java.util.Objects;
import java.util.Optional;

/**
 * The part of the image that a position of the last feature map sees: its theoretical receptive
 * field. It may lie partly outside the image, in the padding.
 *
 * @param row row of its centre, in pixels from the middle of the first row; may lie between two
 *     pixels
 * @param column column of its centre, in pixels from the middle of the first column
 * @param side side in pixels; empty if it is the whole image, and the centre is then that of the
 *     convolutions' windows
 */
public record SeenPatch(double row, double column, Optional<Integer> side) {

  /** The patch of a position of an architecture's last feature map. */
  public static SeenPatch of(Architecture architecture, Position position) {
    ReceptiveField field =
        Objects.requireNonNull(ReceptiveField.of(architecture).get(architecture.pool().input()));
    return new SeenPatch(
        field.centre() + (double) position.row() * field.stride(),
        field.centre() + (double) position.column() * field.stride(),
        field.pixels());
  }

  /** Whether the patch contains a pixel. */
  public boolean contains(int pixelRow, int pixelColumn) {
    return side.isEmpty()
        || 2 * Math.max(Math.abs(pixelRow - row), Math.abs(pixelColumn - column)) < side.get();
  }

  /** The distance in pixels of the middle of a pixel from the centre of the patch. */
  public double distance(int pixelRow, int pixelColumn) {
    return Math.hypot(pixelRow - row, pixelColumn - column);
  }
}
