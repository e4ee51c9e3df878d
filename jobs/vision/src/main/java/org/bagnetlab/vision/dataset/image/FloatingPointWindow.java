package org.bagnetlab.vision.dataset.image;

/**
 * A window in double precision. It is within a gray level of Pillow's; the runs of versions that
 * knew nothing else are measured and resumed with it, bit for bit.
 *
 * @param first source position
 * @param weights of the source positions from there on
 */
record FloatingPointWindow(int first, double[] weights) implements BilinearResize.Window {

  static FloatingPointWindow of(int from, int to, int target) {
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    double center = (target + 0.5) * scale;
    int first = Math.max(0, (int) (center - support + 0.5));
    int end = Math.min(from, (int) (center + support + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - center) / support));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return new FloatingPointWindow(first, weights);
  }

  @Override
  public byte level(byte[] values, int start, int step) {
    double sum = 0;
    int position = start + first * step;
    for (double weight : weights) {
      sum += weight * (values[position] & 0xFF);
      position += step;
    }
    return (byte) Math.max(0, Math.min(255, (int) Math.floor(sum + 0.5)));
  }
}
