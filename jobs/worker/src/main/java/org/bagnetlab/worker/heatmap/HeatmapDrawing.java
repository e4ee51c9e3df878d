package org.bagnetlab.worker.heatmap;

import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.Pixels;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.heatmap.ReportHeatmap;
import org.bagnetlab.vision.network.Network;

/**
 * A heatmap with its picture, drawn the same for jobs and for the command line.
 *
 * @param mode how it was made
 * @param map the class's logits
 * @param limit logit at both ends of the picture's colours; empty: they follow from percentiles
 */
public record HeatmapDrawing(HeatmapMode mode, Heatmap map, OptionalDouble limit) {

  /**
   * Draws where a network sees a class.
   *
   * @param label number of the class
   * @param stride distance in pixels between patches
   * @param progress hears how many parts are done
   */
  public static HeatmapDrawing of(
      Network network,
      Pixels image,
      int label,
      int stride,
      HeatmapMode mode,
      IntConsumer progress) {
    return switch (mode) {
      case FAITHFUL -> {
        Heatmap map = Heatmap.of(network, Normalisation.of(image), label, stride, progress);
        yield new HeatmapDrawing(mode, map, OptionalDouble.of(Picture.limit(map)));
      }
      case REPORT ->
          new HeatmapDrawing(
              mode,
              ReportHeatmap.of(network, image, label, stride, progress),
              OptionalDouble.empty());
    };
  }

  /** Its picture. */
  public byte[] png() {
    return limit.isPresent() ? Picture.of(map, limit.getAsDouble()) : Picture.inReportStyle(map);
  }
}
