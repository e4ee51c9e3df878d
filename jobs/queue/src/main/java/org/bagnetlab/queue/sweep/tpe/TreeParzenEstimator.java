package org.bagnetlab.queue.sweep.tpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Proposes the point to try next (J. Bergstra, R. Bardenet, Y. Bengio and B. Kegl, <i>Algorithms
 * for hyper-parameter optimization</i>, NIPS 2011, section 4): the best {@value #GOOD} of the
 * points that were tried give a density of good values, all others one of bad values. Of {@value
 * #CANDIDATES} values drawn from the good density, the one with the largest quotient of good and
 * bad density has the largest expected improvement. Coordinates are treated as independent.
 */
public final class TreeParzenEstimator {

  /** Share of the points that count as good, in the paper's experiments 0.15. */
  static final double GOOD = 0.15;

  /** Values drawn for each coordinate. */
  static final int CANDIDATES = 24;

  private TreeParzenEstimator() {}

  /**
   * A point that was tried.
   *
   * @param coordinates a value for each dimension
   * @param score its result; higher is better
   */
  public record Tried(List<Double> coordinates, double score) {}

  /**
   * The point to try next.
   *
   * @param tried the points that were tried, at least one
   */
  public static List<Double> propose(
      List<? extends Dimension> dimensions, List<Tried> tried, RandomGenerator random) {
    List<Tried> ranked =
        tried.stream().sorted(Comparator.comparingDouble(Tried::score).reversed()).toList();
    int good = (int) Math.ceil(GOOD * ranked.size());
    List<Double> proposed = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      int coordinate = i;
      List<Double> values =
          ranked.stream().map(each -> each.coordinates().get(coordinate)).toList();
      Dimension dimension = dimensions.get(i);
      proposed.add(
          best(
              dimension.density(values.subList(0, good)),
              dimension.density(values.subList(good, values.size())),
              random));
    }
    return proposed;
  }

  private static double best(Density good, Density bad, RandomGenerator random) {
    double best = good.draw(random);
    for (int i = 1; i < CANDIDATES; i++) {
      double candidate = good.draw(random);
      if (good.at(candidate) / bad.at(candidate) > good.at(best) / bad.at(best)) {
        best = candidate;
      }
    }
    return best;
  }
}
