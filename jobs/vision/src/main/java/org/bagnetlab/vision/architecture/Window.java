package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A square window that moves over a feature map.
 *
 * @param kernel side of the window
 * @param stride distance between windows
 * @param padding positions added on each side of the map
 */
public record Window(int kernel, int stride, int padding) {

  /** A window of a single position. */
  public static final Window POINT = new Window(1, 1, 0);

  /** Checks that the window moves. */
  public Window {
    if (kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "invalid window: kernel %d, stride %d, padding %d".formatted(kernel, stride, padding));
    }
  }

  /** The shape of the output map when this window moves over {@code input}. */
  Shape over(Shape input, int channels) {
    return new Shape(channels, positions(input.height()), positions(input.width()));
  }

  /** The rows of a map, without padding, that each row of the output depends on, or the columns. */
  public List<Extent> extents(int length) {
    return IntStream.range(0, positions(length))
        .map(i -> i * stride - padding)
        .mapToObj(from -> new Extent(Math.max(0, from), Math.min(length, from + kernel)))
        .toList();
  }

  private int positions(int length) {
    return Math.floorDiv(length + 2 * padding - kernel, stride) + 1;
  }
}
