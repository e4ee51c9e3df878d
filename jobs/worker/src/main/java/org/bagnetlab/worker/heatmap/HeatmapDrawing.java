package org.bagnetlab.worker.heatmap;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import org.bagnetlab.protocol.HeatmapMode;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.heatmap.Heatmap;
import org.bagnetlab.vision.heatmap.Picture;
import org.bagnetlab.vision.heatmap.ReportHeatmap;
import org.bagnetlab.vision.network.Network;

/**
 * A heatmap with its picture, drawn in the same way for jobs and for the command line.
 *
 * @param mode how it was made
 * @param map the class's logits
 * @param limit magnitude at the ends of the picture's colours; empty to determine it by percentiles
 */
public record HeatmapDrawing(HeatmapMode mode, Heatmap map, OptionalDouble limit) {

  /**
   * Draws where a network sees classes, all of them from the same forward passes.
   *
   * @param labels indices of the classes
   * @param stride distance in pixels between patches
   * @param progress receives the number of completed parts
   * @return a drawing of each class, in their order
   */
  public static List<HeatmapDrawing> of(
      Network network,
      Pixels image,
      List<Integer> labels,
      int stride,
      HeatmapMode mode,
      IntConsumer progress) {
    return switch (mode) {
      case FAITHFUL ->
          Heatmap.of(network, Normalisation.of(image), labels, stride, progress).stream()
              .map(map -> new HeatmapDrawing(mode, map, OptionalDouble.of(Picture.limit(map))))
              .toList();
      case REPORT ->
          ReportHeatmap.of(network, image, labels, stride, progress).stream()
              .map(map -> new HeatmapDrawing(mode, map, OptionalDouble.empty()))
              .toList();
    };
  }

  /** A copy with other colours: white is 0, and the colours end at plus and minus the limit. */
  HeatmapDrawing upTo(double limit) {
    return new HeatmapDrawing(mode, map, OptionalDouble.of(limit));
  }

  /** Its picture. */
  public byte[] png() {
    return limit.isPresent() ? Picture.of(map, limit.getAsDouble()) : Picture.inReportStyle(map);
  }
}
