package org.bagnetlab.vision.network.cpu;

/** The 3x3 kernels of a {@link TiledConvolution}, of which each becomes a tile of 4x4 values. */
final class TileKernels implements PackedWeights.Kernels {

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
  public void transform(float[] taps, int from, float[] values, int to, int step) {
    for (int row = 0; row < 4; row++) {
      float a = spread(taps, from, 3, row);
      float b = spread(taps, from + 1, 3, row);
      float c = spread(taps, from + 2, 3, row);
      int at = to + row * 4 * step;
      values[at] = a;
      values[at + step] = (a + b + c) / 2;
      values[at + 2 * step] = (a - b + c) / 2;
      values[at + 3 * step] = c;
    }
  }

  /** One of the four values that three taps become. */
  private static float spread(float[] taps, int at, int step, int index) {
    float a = taps[at];
    float b = taps[at + step];
    float c = taps[at + 2 * step];
    return switch (index) {
      case 0 -> a;
      case 1 -> (a + b + c) / 2;
      case 2 -> (a - b + c) / 2;
      default -> c;
    };
  }
}
