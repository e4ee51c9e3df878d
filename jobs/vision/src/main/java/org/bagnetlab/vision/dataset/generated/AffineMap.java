package org.bagnetlab.vision.dataset.generated;

import java.util.Random;

/** The map from (x, y) to (a x + b y + e, c x + d y + f). */
record AffineMap(double a, double b, double c, double d, double e, double f) {

  /** The coefficients of a map, by their letters in the paper. */
  enum Coefficient {
    A,
    B,
    C,
    D,
    E,
    F
  }

  /** Draws all coefficients uniformly from [-1, 1). */
  static AffineMap random(Random random) {
    return new AffineMap(
        coefficient(random),
        coefficient(random),
        coefficient(random),
        coefficient(random),
        coefficient(random),
        coefficient(random));
  }

  private static double coefficient(Random random) {
    return 2 * random.nextDouble() - 1;
  }

  /** This map with one coefficient multiplied by a factor. */
  AffineMap scaled(Coefficient coefficient, double factor) {
    return switch (coefficient) {
      case A -> new AffineMap(factor * a, b, c, d, e, f);
      case B -> new AffineMap(a, factor * b, c, d, e, f);
      case C -> new AffineMap(a, b, factor * c, d, e, f);
      case D -> new AffineMap(a, b, c, factor * d, e, f);
      case E -> new AffineMap(a, b, c, d, factor * e, f);
      case F -> new AffineMap(a, b, c, d, e, factor * f);
    };
  }

  /** The factor by which the map changes areas. */
  double areaFactor() {
    return Math.abs(determinant());
  }

  /**
   * The largest factor by which the map changes a distance, which is the largest singular value of
   * its matrix. Square roots are exactly rounded, so that every machine computes the same.
   */
  double longestStretch() {
    double squares = a * a + b * b + c * c + d * d;
    double difference = squares * squares - 4 * determinant() * determinant();
    return Math.sqrt((squares + Math.sqrt(Math.max(0, difference))) / 2);
  }

  private double determinant() {
    return a * d - b * c;
  }
}
