package org.bagnetlab.engine.nd4j.cpu.operation;

import org.bagnetlab.engine.nd4j.cpu.parameter.PackedWeights;

/** The 3x3 kernels of a {@link TiledConvolution}, each transformed to a tile of 4x4 values. */
public record TileKernels() implements PackedWeights.Kernels {

  private static final int TAPS = 9;

  @Override
  public int taps() {
    return TAPS;
  }

  @Override
  public int places() {
    return TiledConvolution.PLACES;
  }

  @Override
  public void transform(float[] taps, int inputs, float[] values, int to, int step, int stride) {
    for (int i = 0; i < inputs; i++) {
      for (int row = 0; row < 4; row++) {
        float a = spread(taps, i * TAPS, row);
        float b = spread(taps, i * TAPS + 1, row);
        float c = spread(taps, i * TAPS + 2, row);
        int at = to + i * step + row * 4 * stride;
        values[at] = a;
        values[at + stride] = (a + b + c) / 2;
        values[at + 2 * stride] = (a - b + c) / 2;
        values[at + 3 * stride] = c;
      }
    }
  }

  /** One of the four values to which a column of three taps is transformed. */
  private static float spread(float[] taps, int at, int index) {
    float a = taps[at];
    float b = taps[at + 3];
    float c = taps[at + 6];
    return switch (index) {
      case 0 -> a;
      case 1 -> (a + b + c) / 2;
      case 2 -> (a - b + c) / 2;
      default -> c;
    };
  }
}
