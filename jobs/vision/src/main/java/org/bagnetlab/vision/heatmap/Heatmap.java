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
   * Side in pixels of the largest part of an image that is computed at once. A network's feature
   * maps of it take about a gigabyte; those of a larger image would take more than small GPUs have.
   */
  private static final int TILE = 256;

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
    return of(network, image, labels, stride, TILE, progress);
  }

  /** The same, in tiles of so many pixels at most. */
  static List<Heatmap> of(
      Network network,
      Batch image,
      List<Integer> labels,
      int stride,
      int tile,
      IntConsumer progress) {
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
    int computed = wholeSteps(length, each);
    int tiles = divided(computed * stride, tile);
    int side = wholeSteps(divided(computed, tiles), each);
    int[] classes = labels.stream().mapToInt(Integer::intValue).toArray();
    int parts = parts(coarse, stride);
    float[][] values = new float[classes.length][length * length];
    for (int i = 0; i < tiles * tiles; i++) {
      int done = i * parts;
      // All have the same size, so the last ones begin before the end of those before them.
      int row = Math.min(i / tiles * side, computed - side);
      int column = Math.min(i % tiles * side, computed - side);
      Batch square =
          square(
              image,
              row * stride - (half - first),
              column * stride - (half - first),
              (side - 1) * stride + patch);
      float[][] logits =
          network.patchLogits(
              square, classes, stride, part -> progress.accept((done + part) / (tiles * tiles)));
      for (int k = 0; k < classes.length; k++) {
        insert(logits[k], side, values[k], length, row, column);
      }
    }
    return Arrays.stream(values).map(all -> new Heatmap(stride, length, length, all)).toList();
  }

  /** Rounded up. */
  private static int divided(int whole, int part) {
    return (whole + part - 1) / part;
  }

  private static int wholeSteps(int length, int step) {
    return divided(length, step) * step;
  }

  /** Writes what of a square lies within another at its place. */
  private static void insert(
      float[] square, int side, float[] into, int length, int row, int column) {
    for (int y = 0; y < Math.min(side, length - row); y++) {
      System.arraycopy(
          square, y * side, into, (row + y) * length + column, Math.min(side, length - column));
    }
  }

  /** A square of an image, with zeros where it lies outside of it. */
  private static Batch square(Batch image, int top, int left, int side) {
    int size = image.width();
    int firstColumn = Math.max(0, left);
    int columns = Math.min(size, left + side) - firstColumn;
    float[] values = new float[Normalisation.CHANNELS * side * side];
    for (int channel = 0; channel < Normalisation.CHANNELS; channel++) {
      for (int row = Math.max(0, top); row < Math.min(size, top + side); row++) {
        System.arraycopy(
            image.values(),
            (channel * size + row) * size + firstColumn,
            values,
            (channel * side + row - top) * side + firstColumn - left,
            columns);
      }
    }
    return new Batch(values, 1, Normalisation.CHANNELS, side, side);
  }

  /** Number of parts of the work for a heatmap of this stride. */
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
}
