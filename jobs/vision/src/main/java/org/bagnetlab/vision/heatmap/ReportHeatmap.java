package org.bagnetlab.vision.heatmap;

import java.util.List;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;

/**
 * Computes heatmaps as the report's notebooks did, for comparison with its figures: the normalised
 * image is treated as pixel levels in [0, 255] and normalised again, the logits are standardised by
 * their mean and standard deviation, and the border, whose patches extend beyond the image, is cut
 * off. These steps are in the order of the notebooks: mean and standard deviation are computed over
 * the whole map including the border, so the remaining map does not have mean 0 and standard
 * deviation 1.
 */
public final class ReportHeatmap {

  private ReportHeatmap() {}

  /**
   * Computes a heatmap. The other arguments are those of {@link Heatmap#of(Network, Batch, int,
   * int, IntConsumer)}.
   *
   * @param image a square image of the architecture's image size
   * @throws IllegalArgumentException if the image consists only of border
   */
  public static Heatmap of(
      Network network, Pixels image, int label, int stride, IntConsumer progress) {
    return of(network, image, List.of(label), stride, progress).get(0);
  }

  /**
   * Computes the heatmaps of several classes, in the order of the classes, in about the time needed
   * for one.
   */
  public static List<Heatmap> of(
      Network network, Pixels image, List<Integer> labels, int stride, IntConsumer progress) {
    int size = image.width();
    int border = (ArchitectureDescription.of(network.architecture()).patch() - 1) / 2;
    if (size <= 2 * border) {
      throw new IllegalArgumentException(
          "The report's heatmap omits a border of %d pixels, so the image must be larger than %d pixels, but is %d."
              .formatted(border, 2 * border, size));
    }
    return Heatmap.of(network, twiceNormalised(image), labels, stride, progress).stream()
        .map(whole -> cropped(standardised(whole), size, border))
        .toList();
  }

  private static Batch twiceNormalised(Pixels image) {
    Batch batch = Normalisation.of(image);
    float[] values = batch.values();
    int plane = image.width() * image.height();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Normalisation.normalised(values[i], i / plane);
    }
    return batch;
  }

  private static Heatmap standardised(Heatmap map) {
    double mean = map.mean();
    double squares = 0;
    for (float value : map.values()) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / map.values().length);
    float[] values = new float[map.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation > 0 ? (float) ((map.values()[i] - mean) / deviation) : 0;
    }
    return new Heatmap(map.stride(), map.height(), map.width(), values);
  }

  /** Keeps the rows and columns of patches that lie within the image. */
  private static Heatmap cropped(Heatmap map, int size, int border) {
    int first = border / map.stride();
    int side = (size - 2 * border + map.stride() - 1) / map.stride();
    float[] values = new float[side * side];
    for (int row = 0; row < side; row++) {
      System.arraycopy(map.values(), (row + first) * map.width() + first, values, row * side, side);
    }
    return new Heatmap(map.stride(), side, side, values);
  }
}
