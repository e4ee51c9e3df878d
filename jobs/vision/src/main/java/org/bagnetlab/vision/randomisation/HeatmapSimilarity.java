package org.bagnetlab.vision.randomisation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.vision.correlation.Correlation;

/**
 * The similarity of the heatmaps of two networks.
 *
 * @param correlation Spearman's correlation of the two heatmaps of an image, averaged over images
 * @param images number of images in the average: those for which neither heatmap is constant and
 *     all values are finite
 */
public record HeatmapSimilarity(double correlation, int images) {

  /**
   * Compares heatmaps.
   *
   * @param heatmaps the values of each image's heatmap
   * @param others the other network's heatmaps of the same images, in the same order
   * @return the similarity; empty if there is no such image
   */
  public static Optional<HeatmapSimilarity> of(List<float[]> heatmaps, List<float[]> others) {
    double[] correlations =
        IntStream.range(0, heatmaps.size())
            .mapToObj(i -> Correlation.spearman(heatmaps.get(i), others.get(i)))
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (correlations.length == 0) {
      return Optional.empty();
    }
    double sum = 0;
    for (double correlation : correlations) {
      sum += correlation;
    }
    return Optional.of(new HeatmapSimilarity(sum / correlations.length, correlations.length));
  }

  /** Compares the magnitudes of the values, ignoring their signs. */
  public static Optional<HeatmapSimilarity> ofMagnitudes(
      List<float[]> heatmaps, List<float[]> others) {
    return of(magnitudes(heatmaps), magnitudes(others));
  }

  private static List<float[]> magnitudes(List<float[]> heatmaps) {
    return heatmaps.stream().map(HeatmapSimilarity::magnitudes).toList();
  }

  private static float[] magnitudes(float[] heatmap) {
    float[] magnitudes = new float[heatmap.length];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(heatmap[i]);
    }
    return magnitudes;
  }
}
