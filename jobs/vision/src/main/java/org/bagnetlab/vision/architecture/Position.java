package org.bagnetlab.vision.architecture;

/**
 * A position of a feature map.
 *
 * @param row from 0
 * @param column from 0
 */
public record Position(int row, int column) {

  /** The centre of a map; if a side is even, the second of its two middle positions. */
  public static Position centre(Shape map) {
    return new Position(map.height() / 2, map.width() / 2);
  }
}
