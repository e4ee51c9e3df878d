package org.bagnetlab.vision.architecture;

import java.util.List;

/** The shape of a feature map. */
public record Shape(int channels, int height, int width) {

  /** The number of values. */
  public long elements() {
    return (long) channels * height * width;
  }

  /** The shape as [channels, height, width]. */
  public List<Integer> asList() {
    return List.of(channels, height, width);
  }
}
