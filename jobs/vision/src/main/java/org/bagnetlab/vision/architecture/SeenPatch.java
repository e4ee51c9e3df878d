package org.bagnetlab.vision.architecture;

import java.util.Objects;
import java.util.Optional;

/**
 * The part of the image that a position of the last feature map has seen: its theoretical receptive
 * field. It may lie partly outside of the image, in the padding.
 *
 * @param row of its centre, in pixels from the middle of the first row; halves occur
 * @param column of its centre, in pixels from the middle of the first column
 * @param side in pixels; empty: the whole image, whose centre is the centre of the convolutions'
 *     windows
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

  /** Whether a pixel is part of it. */
  public boolean contains(int pixelRow, int pixelColumn) {
    return side.isEmpty()
        || 2 * Math.max(Math.abs(pixelRow - row), Math.abs(pixelColumn - column)) < side.get();
  }

  /** How far the middle of a pixel is from its centre, in pixels. */
  public double distance(int pixelRow, int pixelColumn) {
    return Math.hypot(pixelRow - row, pixelColumn - column);
  }
}
