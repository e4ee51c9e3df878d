package org.bagnetlab.vision.dataset.generated;

import java.util.List;
import java.util.Random;
import org.bagnetlab.vision.dataset.generated.AffineMap.Coefficient;

/**
 * Affine maps whose attractor is a fractal. Its points are drawn by random iteration: each point is
 * the image of the previous one under a map, which is chosen with a probability proportional to the
 * absolute value of its determinant.
 */
final class IteratedFunctionSystem {

  /** Iterations after which the start no longer shows in a picture. */
  private static final int SKIPPED = 20;

  private static final double BITS_31 = 1L << 31;

  private final List<AffineMap> maps;

  /** For each map the probability that it or an earlier one is chosen, times 2^31. */
  private final int[] thresholds;

  IteratedFunctionSystem(List<AffineMap> maps) {
    this.maps = List.copyOf(maps);
    this.thresholds = thresholds(maps);
  }

  private static int[] thresholds(List<AffineMap> maps) {
    double total = 0;
    for (AffineMap map : maps) {
      total += map.areaFactor();
    }
    int[] thresholds = new int[maps.size()];
    double sum = 0;
    for (int i = 0; i < thresholds.length; i++) {
      sum += maps.get(i).areaFactor();
      thresholds[i] = (int) (sum / total * BITS_31);
    }
    return thresholds;
  }

  /** The maps. */
  List<AffineMap> maps() {
    return maps;
  }

  /** This system with the same coefficient of all maps multiplied by a factor. */
  IteratedFunctionSystem scaled(Coefficient coefficient, double factor) {
    return new IteratedFunctionSystem(
        maps.stream().map(map -> map.scaled(coefficient, factor)).toList());
  }

  /** Draws points of the attractor. */
  PointCloud points(Random random, int count) {
    double[] xs = new double[count];
    double[] ys = new double[count];
    double x = 0;
    double y = 0;
    for (int i = -SKIPPED; i < count; i++) {
      AffineMap map = maps.get(chosen(random.nextInt() >>> 1));
      double before = x;
      x = map.a() * before + map.b() * y + map.e();
      y = map.c() * before + map.d() * y + map.f();
      if (i >= 0) {
        xs[i] = x;
        ys[i] = y;
      }
    }
    return new PointCloud(xs, ys);
  }

  private int chosen(int bits) {
    int map = 0;
    while (map < thresholds.length - 1 && bits >= thresholds[map]) {
      map++;
    }
    return map;
  }
}
