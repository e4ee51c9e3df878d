package org.bagnetlab.queue.sweep.tpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Proposes the point to try next (J. Bergstra, R. Bardenet, Y. Bengio and B. Kegl, <i>Algorithms
 * for hyper-parameter optimization</i>, NIPS 2011, section 4): the best {@value #GOOD} of the
 * points that were tried give a density of good values, all others one of bad values. The larger
 * the quotient of good and bad density, the larger is the expected improvement. Of {@value
 * #CANDIDATES} values of each coordinate, drawn from its good density, the one with the largest
 * quotient is proposed: coordinates are treated as independent.
 */
public final class TreeParzenEstimator {

  /** Share of the points that count as good, in the paper's experiments 0.15. */
  static final double GOOD = 0.15;

  /** Number of values that are drawn for each coordinate. */
  static final int CANDIDATES = 24;

  /**
   * A point that was tried.
   *
   * @param coordinates a value for each dimension
   * @param score its result; higher is better, negative infinity if it failed
   */
  public record Tried(List<Double> coordinates, double score) {}

  private record Coordinate(Dimension dimension, Density good, Density bad) {}

  private final List<Coordinate> coordinates = new ArrayList<>();

  /**
   * Learns from points.
   *
   * @param tried the points that were tried, at least one of which did not fail
   */
  public TreeParzenEstimator(List<? extends Dimension> dimensions, List<Tried> tried) {
    List<Tried> ranked =
        tried.stream().sorted(Comparator.comparingDouble(Tried::score).reversed()).toList();
    long results = tried.stream().filter(each -> Double.isFinite(each.score())).count();
    int good = (int) Math.ceil(GOOD * results);
    for (int i = 0; i < dimensions.size(); i++) {
      int index = i;
      List<Double> values = ranked.stream().map(each -> each.coordinates().get(index)).toList();
      Dimension dimension = dimensions.get(i);
      coordinates.add(
          new Coordinate(
              dimension,
              dimension.density(values.subList(0, good)),
              dimension.density(values.subList(good, values.size()))));
    }
  }

  /** The point to try next. */
  public List<Double> propose(RandomGenerator random) {
    return coordinates.stream().map(coordinate -> best(coordinate, random)).toList();
  }

  private static double best(Coordinate coordinate, RandomGenerator random) {
    double best = Double.NaN;
    double highest = 0;
    for (int i = 0; i < CANDIDATES; i++) {
      double candidate = coordinate.dimension().nearest(coordinate.good().draw(random));
      double quotient = coordinate.good().at(candidate) / coordinate.bad().at(candidate);
      if (quotient > highest) {
        best = candidate;
        highest = quotient;
      }
    }
    return best;
  }
}
