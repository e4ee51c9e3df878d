package org.bagnetlab.vision.masking;

import java.util.ArrayList;
import java.util.List;

/**
 * A grid of equal squares in the middle of a square image.
 *
 * @param imageSize side of the image in pixels
 * @param side side of a square in pixels
 * @param gap number of pixels between neighbouring squares
 * @param across number of squares in a row, and in a column
 */
public record MaskGrid(int imageSize, int side, int gap, int across) {

  /**
   * Checks that the squares lie within the image.
   *
   * @throws IllegalArgumentException if they do not
   */
  public MaskGrid {
    if (side < 1 || gap < 0 || across < 1 || length(side, gap, across) > imageSize) {
      throw new IllegalArgumentException(
          "%d squares of %d pixels a side with gaps of %d do not fit into %d pixels"
              .formatted(across, side, gap, imageSize));
    }
  }

  /**
   * A grid of tiles that cover the image.
   *
   * @throws IllegalArgumentException if they do not divide the image
   */
  public static MaskGrid tiles(int imageSize, int side) {
    if (side < 1 || imageSize % side != 0) {
      throw new IllegalArgumentException(
          "tiles of %d pixels do not divide an image of %d".formatted(side, imageSize));
    }
    return new MaskGrid(imageSize, side, 0, imageSize / side);
  }

  private static int length(int side, int gap, int across) {
    return across * side + (across - 1) * gap;
  }

  /** The number of squares. */
  public int count() {
    return across * across;
  }

  /** The squares, row by row. */
  public List<Square> squares() {
    int first = (imageSize - length(side, gap, across)) / 2;
    List<Square> squares = new ArrayList<>();
    for (int row = 0; row < across; row++) {
      for (int column = 0; column < across; column++) {
        squares.add(new Square(first + row * (side + gap), first + column * (side + gap), side));
      }
    }
    return List.copyOf(squares);
  }
}
