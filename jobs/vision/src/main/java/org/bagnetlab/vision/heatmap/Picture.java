package org.bagnetlab.vision.heatmap;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.dataset.image.Png;

/** Writes heatmaps as PNG files. */
public final class Picture {

  private static final int FRAME = 0x404040;

  private static final double PERCENTILE = 0.99;

  private Picture() {}

  /**
   * Draws a heatmap: white is a logit of 0, red is evidence for the class and blue is evidence
   * against it. The colours are deepest at {@code limit} and beyond. Each value covers a square of
   * stride x stride pixels.
   */
  public static byte[] of(Heatmap map, double limit) {
    return Png.of(drawn(map, -limit, limit));
  }

  /**
   * Draws a map with stride 1 and no negative values, from white at 0 to the deepest red at its
   * largest value, with a frame around the position's receptive field, unless this is the whole
   * image.
   */
  public static byte[] of(Heatmap map, SeenPatch patch) {
    BufferedImage picture = drawn(map, -map.maximum(), map.maximum());
    SeenPatch framed =
        new SeenPatch(patch.row(), patch.column(), patch.side().map(side -> side + 2));
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if (framed.contains(y, x) && !patch.contains(y, x)) {
          picture.setRGB(x, y, FRAME);
        }
      }
    }
    return Png.of(picture);
  }

  /**
   * Draws a heatmap in the report's colours, which range from the 1st to the 99th percentile of its
   * values.
   */
  public static byte[] inReportStyle(Heatmap map) {
    float[] sorted = map.values().clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return Png.of(
        drawn(map, sorted[(int) ((1 - PERCENTILE) * last)], sorted[(int) (PERCENTILE * last)]));
  }

  private static BufferedImage drawn(Heatmap map, double low, double high) {
    int stride = map.stride();
    BufferedImage picture =
        new BufferedImage(map.width() * stride, map.height() * stride, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        float value = map.values()[y / stride * map.width() + x / stride];
        picture.setRGB(
            x, y, DivergingColours.of(high > low ? 2 * (value - low) / (high - low) - 1 : 0));
      }
    }
    return picture;
  }

  /** The 99th percentile of the magnitudes of a heatmap's values: the limit of the colour scale. */
  public static double limit(Heatmap map) {
    double[] magnitudes = new double[map.values().length];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(map.values()[i]);
    }
    Arrays.sort(magnitudes);
    return magnitudes[(int) (PERCENTILE * (magnitudes.length - 1))];
  }
}
