package org.bagnetlab.vision.heatmap;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * A class's logits for all patches of an image: the logit of the q x q patch centred at each pixel
 * of the normalised image, which is zero-padded by h = (q - 1) / 2. With stride s, a heatmap has
 * only those rows and columns r of this map for which r = h (mod s).
 *
 * @param stride distance in pixels between patches
 * @param height rows
 * @param width columns
 * @param values [row, column], row-major
 */
public record Heatmap(int stride, int height, int width, float[] values) {

  /**
   * Side in pixels of the largest square whose patches are computed at once. Its feature maps take
   * about a gigabyte; those of a larger square would not fit into the memory of small GPUs.
   */
  private static final int TILE = 256;

  /**
   * Computes a heatmap.
   *
   * @param network a BagNet
   * @param image one square image, normalised
   * @param label the class whose logits are computed
   * @param stride 1, 2, 4 or 8
   * @param progress receives the number of completed parts out of {@link #parts}; some numbers are
   *     reported repeatedly if the image is computed in tiles
   */
  public static Heatmap of(
      Network network, Batch image, int label, int stride, IntConsumer progress) {
    return of(network, image, List.of(label), stride, progress).get(0);
  }

  /**
   * Computes the heatmaps of several classes, in the order of the classes, in about the time needed
   * for one.
   */
  public static List<Heatmap> of(
      Network network, Batch image, List<Integer> labels, int stride, IntConsumer progress) {
    return of(network, image, labels, stride, TILE, progress);
  }

  /**
   * Computes the heatmaps in tiles.
   *
   * @param tile largest side of a tile in pixels, a multiple of the output stride
   */
  static List<Heatmap> of(
      Network network,
      Batch image,
      List<Integer> labels,
      int stride,
      int tile,
      IntConsumer progress) {
    ArchitectureDescription description = ArchitectureDescription.of(network.architecture());
    int patch = description.patch();
    int shifts = description.shifts(stride);
    int size = image.width();
    int half = (patch - 1) / 2;
    int first = half % stride;
    int length = (size - first + stride - 1) / stride;
    Tiling tiling = Tiling.of(length, shifts, tile / stride);
    int[] classes = labels.stream().mapToInt(Integer::intValue).toArray();
    float[][] values = new float[classes.length][length * length];
    int parts = shifts * shifts;
    for (int i = 0; i < tiling.count(); i++) {
      int done = i * parts;
      int side = (tiling.side() - 1) * stride + patch;
      Batch square =
          image.crop(
              tiling.row(i) * stride - (half - first),
              tiling.column(i) * stride - (half - first),
              side,
              side);
      float[][] logits =
          network.patchLogits(
              square, classes, stride, part -> progress.accept((done + part) / tiling.count()));
      for (int k = 0; k < classes.length; k++) {
        tiling.insert(logits[k], i, values[k]);
      }
    }
    return Arrays.stream(values).map(all -> new Heatmap(stride, length, length, all)).toList();
  }

  /** The number of parts into which the computation of a heatmap with this stride is divided. */
  public static int parts(int outputStride, int stride) {
    int phases = outputStride / stride;
    return phases * phases;
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

  /** The largest magnitude of a value. */
  public float largestMagnitude() {
    return Math.max(-minimum(), maximum());
  }
}
