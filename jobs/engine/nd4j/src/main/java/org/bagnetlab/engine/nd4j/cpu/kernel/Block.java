package org.bagnetlab.engine.nd4j.cpu.kernel;

/**
 * A thread's unit of work: the values of a few positions, copied to the Java heap. A block fits
 * into the second-level cache, so copying is cheap compared with main memory access.
 */
public final class Block {

  /** Maximum number of values of a block, unless a single position has more. */
  private static final int VALUES = 8192;

  /**
   * Approximate length of coefficient arrays for few channels, long enough that the overhead of
   * starting and ending a loop is small.
   */
  private static final int PERIOD = 256;

  private Block() {}

  /** The number of positions in a block. */
  public static int positions(int channels) {
    return Math.max(1, VALUES / channels);
  }

  /** The number of values in a block. */
  public static int values(int channels) {
    return positions(channels) * channels;
  }

  /**
   * The length of an array of coefficients or sums for {@link Loops}: a multiple of the number of
   * channels, and long even if there are few channels.
   */
  public static int period(int channels) {
    return Math.max(1, PERIOD / channels) * channels;
  }

  /** Fills an array by repeating its first values, one for each channel. */
  public static void repeat(float[] coefficients, int channels) {
    for (int i = channels; i < coefficients.length; i++) {
      coefficients[i] = coefficients[i - channels];
    }
  }
}
