package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.util.Arrays;

/**
 * Two sums over positions for each channel, used by one thread. Values are accumulated in floats a
 * few dozen times, and the results are then added to doubles.
 */
public final class ChannelSums {

  private static final int FLOAT_ADDITIONS = 64;

  private final Loops loops;
  private final int channels;
  private final float[] partialFirst;
  private final float[] partialSecond;
  private final double[] first;
  private final double[] second;
  private int additions;

  public ChannelSums(Loops loops, int channels) {
    this.loops = loops;
    this.channels = channels;
    partialFirst = new float[Block.period(channels)];
    partialSecond = new float[partialFirst.length];
    first = new double[channels];
    second = new double[channels];
  }

  public void clear() {
    Arrays.fill(partialFirst, 0);
    Arrays.fill(partialSecond, 0);
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    additions = 0;
  }

  /** Adds x - center to the first sums and its square to the second. */
  public void addDeviations(float[] x, int length, float[] center) {
    loops.addDeviations(x, length, center, partialFirst, partialSecond);
    countAdditions(length);
  }

  /** Adds g to the first sums and g (z - center) to the second. */
  public void addProducts(float[] g, float[] z, int length, float[] center) {
    loops.addProducts(g, z, length, center, partialFirst, partialSecond);
    countAdditions(length);
  }

  private void countAdditions(int length) {
    additions += length / partialFirst.length + 1;
    if (additions >= FLOAT_ADDITIONS) {
      flush();
    }
  }

  /** Adds all remaining float sums to the doubles. */
  public void flush() {
    for (int from = 0; from < partialFirst.length; from += channels) {
      for (int c = 0; c < channels; c++) {
        first[c] += partialFirst[from + c];
        second[c] += partialSecond[from + c];
      }
    }
    Arrays.fill(partialFirst, 0);
    Arrays.fill(partialSecond, 0);
    additions = 0;
  }

  public double first(int channel) {
    return first[channel];
  }

  public double second(int channel) {
    return second[channel];
  }
}
