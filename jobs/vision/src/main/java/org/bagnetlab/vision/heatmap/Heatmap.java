package org.bagnetlab.vision.heatmap;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Description;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * A class's logit of every patch of an image: of the q x q patch centred at each pixel of the
 * normalised image, zero-padded by h = (q - 1) / 2. At stride s it holds the rows and columns r of
 * that map with r = h (mod s).
 *
 * @param stride distance in pixels between patches
 * @param height rows
 * @param width columns
 * @param values [row, column], row-major
 */
public record Heatmap(int stride, int height, int width, float[] values) {

  /**
   * Computes a heatmap.
   *
   * @param network a BagNet
   * @param image one square image, normalised
   * @param label the class whose logits are wanted
   * @param stride 1, 2, 4 or 8
   * @param progress told the number of parts done, of {@link #parts}
   */
  public static Heatmap of(
      Network network, Batch image, int label, int stride, IntConsumer progress) {
    return of(network, image, List.of(label), stride, progress).get(0);
  }

  /** Computes the heatmaps of several classes, in their order, in the time of one. */
  public static List<Heatmap> of(
      Network network, Batch image, List<Integer> labels, int stride, IntConsumer progress) {
    Description description = Description.of(network.architecture());
    int patch =
        description
            .receptiveField()
            .orElseThrow(() -> new IllegalArgumentException("no local receptive field"));
    int coarse = description.outputStride();
    if (stride < 1 || coarse % stride != 0) {
      throw new IllegalArgumentException(
          "stride must divide %d, but is %d.".formatted(coarse, stride));
    }
    int size = image.width();
    int half = (patch - 1) / 2;
    int first = half % stride;
    int length = (size - first + stride - 1) / stride;
    // As many patches as the phases of the network's strides need; those of the last are cut off.
    int each = coarse / stride;
    int computed = (length + each - 1) / each * each;
    Batch padded = padded(image, half - first, (computed - 1) * stride + patch);
    float[][] logits =
        network.patchLogits(
            padded, labels.stream().mapToInt(Integer::intValue).toArray(), stride, progress);
    return Arrays.stream(logits)
        .map(all -> new Heatmap(stride, length, length, cropped(all, computed, length)))
        .toList();
  }

  private static float[] cropped(float[] values, int side, int length) {
    float[] cropped = new float[length * length];
    for (int row = 0; row < length; row++) {
      System.arraycopy(values, row * side, cropped, row * length, length);
    }
    return cropped;
  }

  /** Number of parts of the work for a heatmap of this stride. */
  public static int parts(int outputStride, int stride) {
    return outputStride / stride * (outputStride / stride);
  }

  /** The mean value. */
  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The smallest value. */
  public float minimum() {
    float minimum = Float.POSITIVE_INFINITY;
    for (float value : values) {
      minimum = Math.min(minimum, value);
    }
    return minimum;
  }

  /** The largest value. */
  public float maximum() {
    float maximum = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  /** The image with {@code margin} zeros above and left of it, and zeros below and right. */
  private static Batch padded(Batch image, int margin, int side) {
    int size = image.width();
    float[] padded = new float[Normalisation.CHANNELS * side * side];
    for (int channel = 0; channel < Normalisation.CHANNELS; channel++) {
      for (int row = 0; row < Math.min(size, side - margin); row++) {
        System.arraycopy(
            image.values(),
            (channel * size + row) * size,
            padded,
            (channel * side + row + margin) * side + margin,
            Math.min(size, side - margin));
      }
    }
    return new Batch(padded, 1, Normalisation.CHANNELS, side, side);
  }
}
