package org.bagnetlab.vision.dataset.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.vision.dataset.generated.AffineMap.Coefficient;
import org.bagnetlab.vision.dataset.generated.PointCloud.Square;
import org.bagnetlab.vision.dataset.image.Pixels;

/**
 * A class of {@link Fractals}: an iterated function system that is found by a search, the same one
 * in every data set.
 */
final class FractalClass {

  private static final int FEWEST_MAPS = 2;
  private static final int MOST_MAPS = 8;

  private static final List<Coefficient> COEFFICIENTS = List.of(Coefficient.values());

  /** The smallest and the largest factor on a coefficient in an image. */
  private static final double LEAST_FACTOR = .8;

  private static final double LARGEST_FACTOR = 1.2;

  /**
   * The largest factor by which a map of a class changes a distance. An image multiplies an entry
   * of a matrix, which is at most the largest singular value, by up to 1.2. So its maps still
   * contract, and its points stay within bounds.
   */
  private static final double LONGEST_STRETCH = 1 / LARGEST_FACTOR;

  /** Side of the picture in which the search counts the filled pixels. */
  static final int SEARCHED_SIZE = 64;

  /** The smallest share of filled pixels of a class, as in the paper. */
  static final double LEAST_FILLED = .2;

  private static final int POINTS_A_PIXEL = 8;

  /** The smallest side of a fractal, as a share of the image's. */
  private static final double LEAST_SIDE = .75;

  private static final double WHITE = 255;

  /** A pixel with this many times the mean number of points is white. */
  private static final double WHITE_DENSITY = 4;

  /** Spreads neighbouring numbers over all seeds. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final Map<Integer, FractalClass> FOUND = new ConcurrentHashMap<>();

  private final int label;
  private final IteratedFunctionSystem system;

  private FractalClass(int label) {
    this.label = label;
    this.system = search(new Random((label + 1) * SPREAD));
  }

  /** The class with this label. The first call takes about a millisecond. */
  static FractalClass of(int label) {
    return FOUND.computeIfAbsent(label, FractalClass::new);
  }

  /** Draws systems until one fills enough of a picture. */
  private static IteratedFunctionSystem search(Random random) {
    while (true) {
      IteratedFunctionSystem candidate = candidate(random);
      PointCloud points = candidate.points(random, pointsOf(SEARCHED_SIZE));
      if (points.filled(SEARCHED_SIZE) >= LEAST_FILLED) {
        return candidate;
      }
    }
  }

  private static IteratedFunctionSystem candidate(Random random) {
    int count = FEWEST_MAPS + random.nextInt(MOST_MAPS - FEWEST_MAPS + 1);
    List<AffineMap> maps = new ArrayList<>();
    while (maps.size() < count) {
      AffineMap map = AffineMap.random(random);
      if (map.longestStretch() < LONGEST_STRETCH) {
        maps.add(map);
      }
    }
    return new IteratedFunctionSystem(maps);
  }

  private static int pointsOf(int size) {
    return POINTS_A_PIXEL * size * size;
  }

  /** The system of which each image shows a variation. */
  IteratedFunctionSystem system() {
    return system;
  }

  /**
   * Draws an image of the class: with one coefficient changed in all maps, reflected at random, of
   * a random size, at a random position.
   *
   * @param number number of the image, from 1
   * @param size side of the image in pixels
   */
  Pixels image(int number, int size) {
    Random random = new Random((label + 1 + ((long) number << 32)) * SPREAD);
    Coefficient coefficient = COEFFICIENTS.get(random.nextInt(COEFFICIENTS.size()));
    double factor = LEAST_FACTOR + (LARGEST_FACTOR - LEAST_FACTOR) * random.nextDouble();
    double side = size * (LEAST_SIDE + (1 - LEAST_SIDE) * random.nextDouble());
    double left = (size - side) * random.nextDouble();
    double top = (size - side) * random.nextDouble();
    Square square = new Square(left, top, side, random.nextBoolean(), random.nextBoolean());
    PointCloud points = system.scaled(coefficient, factor).points(random, pointsOf(size));
    return new Pixels(size, size, 1, levels(points.counts(size, square)));
  }

  /** Gray levels that rise with the square root of the number of points. */
  private static byte[] levels(int[] counts) {
    long filled = 0;
    long points = 0;
    for (int count : counts) {
      filled += count > 0 ? 1 : 0;
      points += count;
    }
    double white = WHITE_DENSITY * points / filled;
    byte[] levels = new byte[counts.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (int) (WHITE * Math.sqrt(Math.min(1, counts[i] / white)));
    }
    return levels;
  }
}
