package org.bagnetlab.vision.heatmap;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Description;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;

/**
 * A class's logit of every patch of an image: of the q x q patch centred at each pixel of the
 * normalised image, zero-padded by h = (q - 1) / 2. At stride s it holds the rows and columns r of
 * that map with r = h (mod s).
 *
 * <p>A BagNet has no padding, so its own logit map of the image shifted by (dy, dx) is every eighth
 * row and column of the dense map. All s-th shifts, interleaved, are the dense map, exactly.
 *
 * @param stride distance in pixels between patches
 * @param height rows
 * @param width columns
 * @param values [row, column], row-major
 */
public record Heatmap(int stride, int height, int width, float[] values) {

  /** Images whose maps are computed at a time. */
  private static final int BATCH = 16;

  /**
   * Computes a heatmap.
   *
   * @param network a BagNet
   * @param image one square image, normalised
   * @param label the class whose logits are wanted
   * @param stride 1, 2, 4 or 8
   * @param progress told the number of shifts done, of {@link #shifts}
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
    float[] padded = padded(image, half);
    int side = size + patch - 1;
    int first = half % stride;
    int length = (size - first + stride - 1) / stride;
    List<float[]> values = labels.stream().map(label -> new float[length * length]).toList();
    int done = 0;
    // Every shift of one batch must give a map of the same size, so they are made equally large:
    // the last rows and columns of a shorter one are computed from zeros and not used.
    int positions = (size + coarse - 1) / coarse;
    int crop = (positions - 1) * coarse + patch;
    int[] shifts = shiftsAlongOneAxis(first, stride, coarse);
    int total = shifts.length * shifts.length;
    for (int from = 0; from < total; from += BATCH) {
      int count = Math.min(BATCH, total - from);
      float[] crops = new float[count * Normalisation.CHANNELS * crop * crop];
      for (int i = 0; i < count; i++) {
        int down = shifts[(from + i) / shifts.length];
        int right = shifts[(from + i) % shifts.length];
        copyCrop(padded, side, down, right, crop, crops, i);
      }
      LogitMap map = network.logitMap(new Batch(crops, count, Normalisation.CHANNELS, crop, crop));
      for (int i = 0; i < count; i++) {
        int down = shifts[(from + i) / shifts.length];
        int right = shifts[(from + i) % shifts.length];
        for (int row = down; row < size; row += coarse) {
          for (int column = right; column < size; column += coarse) {
            int to = (row - first) / stride * length + (column - first) / stride;
            for (int k = 0; k < labels.size(); k++) {
              values.get(k)[to] =
                  map.at(i, labels.get(k), (row - down) / coarse, (column - right) / coarse);
            }
          }
        }
      }
      done += count;
      progress.accept(done);
    }
    return values.stream().map(each -> new Heatmap(stride, length, length, each)).toList();
  }

  /** Number of forward passes over the image that a heatmap of this stride takes. */
  public static int shifts(int outputStride, int stride) {
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

  /** Top rows of patches, in pixels of the padded image, that make up the wanted map's rows. */
  private static int[] shiftsAlongOneAxis(int first, int stride, int coarse) {
    int[] shifts = new int[coarse / stride];
    Arrays.setAll(shifts, i -> first + i * stride);
    return shifts;
  }

  private static float[] padded(Batch image, int half) {
    int size = image.width();
    int side = size + 2 * half;
    float[] padded = new float[Normalisation.CHANNELS * side * side];
    for (int channel = 0; channel < Normalisation.CHANNELS; channel++) {
      for (int row = 0; row < size; row++) {
        System.arraycopy(
            image.values(),
            (channel * size + row) * size,
            padded,
            (channel * side + row + half) * side + half,
            size);
      }
    }
    return padded;
  }

  private static void copyCrop(
      float[] padded, int side, int down, int right, int crop, float[] crops, int index) {
    for (int channel = 0; channel < Normalisation.CHANNELS; channel++) {
      for (int row = 0; row < Math.min(crop, side - down); row++) {
        System.arraycopy(
            padded,
            (channel * side + row + down) * side + right,
            crops,
            ((index * Normalisation.CHANNELS + channel) * crop + row) * crop,
            Math.min(crop, side - right));
      }
    }
  }
}
