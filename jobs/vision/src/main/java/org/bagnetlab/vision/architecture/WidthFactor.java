package org.bagnetlab.vision.architecture;

/** The factor on every internal channel count of a network, within its bounds. */
public final class WidthFactor {

  /**
   * The narrowest layers of all networks, of 32 to 64 channels, have one left from 1/32 on. Less
   * only narrows the wide layers further, and below this the widest ones, of 2048, have a few
   * dozen.
   */
  public static final double SMALLEST = 0.01;

  /** A ResNet-50 has 16 times the parameters then, which is more than a CPU trains. */
  public static final double LARGEST = 4;

  private WidthFactor() {}

  /** Whether there are networks of this width. */
  public static boolean possible(double width) {
    return width >= SMALLEST && width <= LARGEST; // so that NaN is not
  }

  /**
   * Rejects values out of bounds.
   *
   * @param name of the setting, as the user knows it
   * @throws IllegalArgumentException if there is no network of this width
   */
  public static void check(String name, double width) {
    if (!possible(width)) {
      throw new IllegalArgumentException(
          "%s must be from %s to %.0f, but is %s.".formatted(name, SMALLEST, LARGEST, width));
    }
  }
}
