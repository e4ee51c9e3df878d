package org.bagnetlab.vision.effectivefield;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.heatmap.Heatmap;

/**
 * The effective receptive field: how much each pixel influences a position of the last feature map,
 * measured as the pixel's share of the magnitude of that position's input gradient (Luo et al.,
 * Understanding the effective receptive field in deep convolutional neural networks, NeurIPS 2016).
 */
public final class EffectiveField {

  /**
   * A pixel is part of the field if its share exceeds this fraction of the largest share. The paper
   * gives this fraction as the height of a Gaussian at two standard deviations. It compares with
   * the centre pixel, which in networks with strides need not have the largest share.
   */
  private static final double EDGE = 1 - 0.9545;

  private final SeenPatch patch;
  private final int size;
  private final double[] shares;

  /** The pixels with a share above zero, the nearest to the patch's centre first. */
  private final List<Integer> byDistance;

  private EffectiveField(SeenPatch patch, int size, double[] shares) {
    this.patch = patch;
    this.size = size;
    this.shares = shares;
    byDistance =
        IntStream.range(0, shares.length)
            .filter(i -> shares[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(this::distance))
            .toList();
  }

  /**
   * Computes the effective field in a position's patch.
   *
   * @param magnitudes summed magnitudes of the position's gradients
   * @throws ArithmeticException if the magnitudes are all zero, or some are not finite
   */
  public static EffectiveField of(SeenPatch patch, GradientMagnitudes magnitudes) {
    return new EffectiveField(patch, magnitudes.size(), magnitudes.shares());
  }

  private double distance(int pixel) {
    return patch.distance(pixel / size, pixel % size);
  }

  /**
   * The radius in pixels of the smallest circle around the patch's centre that contains a given
   * share of the gradient: the distance of the farthest pixel that is needed.
   *
   * @param share share in (0, 1]
   */
  public double radius(double share) {
    double held = 0;
    for (int pixel : byDistance) {
      held += shares[pixel];
      if (held >= share) {
        return distance(pixel);
      }
    }
    return reach();
  }

  /** The distance in pixels of the farthest pixel with a share above zero. */
  public double reach() {
    return distance(byDistance.get(byDistance.size() - 1));
  }

  /** The total share of the pixels within a distance, in pixels, of the patch's centre. */
  public double within(double distance) {
    return byDistance.stream()
        .filter(pixel -> distance(pixel) <= distance)
        .mapToDouble(pixel -> shares[pixel])
        .sum();
  }

  /** The total share of the pixels outside the patch, which is 0 if the engine is correct. */
  public double outside() {
    return byDistance.stream()
        .filter(pixel -> !patch.contains(pixel / size, pixel % size))
        .mapToDouble(pixel -> shares[pixel])
        .sum();
  }

  /**
   * The side in pixels of a square with as many pixels as the field, which is the paper's measure
   * of size.
   */
  public double side() {
    double largest = byDistance.stream().mapToDouble(pixel -> shares[pixel]).max().orElse(0);
    long pixels = byDistance.stream().filter(pixel -> shares[pixel] > EDGE * largest).count();
    return Math.sqrt((double) pixels);
  }

  /** A map of each pixel's share. */
  public Heatmap map() {
    float[] values = new float[shares.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) shares[i];
    }
    return new Heatmap(1, size, size, values);
  }
}
