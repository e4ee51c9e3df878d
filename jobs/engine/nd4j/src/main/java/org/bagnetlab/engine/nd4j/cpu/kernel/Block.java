package org.bagnetlab.engine.nd4j.cpu.kernel;

/**
 * The unit of work of a thread: values of a few positions, copied to the heap. A block fits the
 * second-level cache, so copying is cheap compared with the memory access.
 */
public final class Block {

  /** Values of a block, unless a single position has more. */
  private static final int VALUES = 8192;

  /** Long enough that loops over it are worth their beginning and end. */
  private static final int PERIOD = 256;

  private Block() {}

  /** Positions of a block. */
  public static int positions(int channels) {
    return Math.max(1, VALUES / channels);
  }

  /** Values of a block. */
  public static int values(int channels) {
    return positions(channels) * channels;
  }

  /**
   * Length of an array of coefficients or sums for {@link Loops}: a multiple of the channels, long
   * where channels are few.
   */
  public static int period(int channels) {
    return Math.max(1, PERIOD / channels) * channels;
  }

  /** Repeats the first values of an array, one for each channel, to its end. */
  public static void repeat(float[] coefficients, int channels) {
    for (int i = channels; i < coefficients.length; i++) {
      coefficients[i] = coefficients[i - channels];
    }
  }
}
