package org.bagnetlab.vision.architecture;

/** The bounds of the width factor, which scales every internal channel count of a network. */
public final class WidthFactor {

  /**
   * Smallest factor. At 1/32, the narrowest layers of the networks, which have 32 to 64 channels,
   * are reduced to one or two channels, and smaller factors only narrow the wide layers. At the
   * smallest factor, the widest layers, which have 2048 channels, are reduced to about twenty.
   */
  public static final double SMALLEST = 0.01;

  /**
   * Largest factor: a ResNet-50 then has 16 times the parameters, which is more than a CPU can
   * train.
   */
  public static final double LARGEST = 4;

  private WidthFactor() {}

  /** Whether the width factor is within the bounds. */
  public static boolean possible(double width) {
    return width >= SMALLEST && width <= LARGEST; // false for NaN
  }

  /**
   * Rejects values out of bounds.
   *
   * @param name name of the setting in user interfaces
   * @throws IllegalArgumentException if the value is out of bounds
   */
  public static void check(String name, double width) {
    if (!possible(width)) {
      throw new IllegalArgumentException(
          "%s must be from %s to %.0f, but is %s.".formatted(name, SMALLEST, LARGEST, width));
    }
  }
}
