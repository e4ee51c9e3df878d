package org.bagnetlab.vision.augmentation;

import java.util.Random;

/**
 * The beta distribution with two equal parameters, as a quotient X / (X + Y) of gamma variates. It
 * is computed from their logarithms, since both variates underflow if the parameter is small; and
 * by StrictMath, so that it is the same on every machine.
 *
 * @param parameter both parameters, above 0
 */
record SymmetricBeta(double parameter) {

  /** Draws a number in [0, 1]. */
  double draw(Random random) {
    double x = logGamma(random);
    double y = logGamma(random);
    if (x == y) {
      // Equal, or both underflow, as they do for tiny parameters: then one of the two ends is
      // drawn.
      return Double.isInfinite(x) ? random.nextInt(2) : 0.5;
    }
    return 1 / (1 + StrictMath.exp(y - x));
  }

  /**
   * The logarithm of a gamma variate. One with parameter a is that with a + 1, times U^(1 / a),
   * which holds for every a and needs no case of its own for a below 1.
   */
  private double logGamma(Random random) {
    double uniform = 1 - random.nextDouble();
    return StrictMath.log(gamma(parameter + 1, random)) + StrictMath.log(uniform) / parameter;
  }

  /**
   * A gamma variate by the method of Marsaglia and Tsang (A simple method for generating gamma
   * variables, 2000).
   *
   * @param shape parameter of the distribution, at least 1
   */
  private static double gamma(double shape, Random random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double uniform = 1 - random.nextDouble();
      if (root > 0) {
        double v = root * root * root;
        if (StrictMath.log(uniform) < normal * normal / 2 + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }
}
