package org.bagnetlab.queue.sweep.tpe;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * A Parzen estimator on [0, 1]: the mean of normal distributions, each truncated to the interval,
 * around every value that was tried, and of a wide one around the middle as the prior. The standard
 * deviation at a value is the distance to the farther of its two neighbours, where the prior's mean
 * and the ends of the interval count as neighbours, and at least 1 / min(100, n + 2) for n values.
 */
final class Mixture implements Density {

  private static final double PRIOR_MEAN = 0.5;
  private static final double PRIOR_DEVIATION = 1;
  private static final int NARROWEST = 100;

  private final List<TruncatedNormalDistribution> components = new ArrayList<>();

  Mixture(List<Double> tried) {
    List<Double> means = new ArrayList<>(tried);
    means.add(PRIOR_MEAN);
    means.sort(null);
    double least = 1.0 / Math.min(NARROWEST, tried.size() + 2);
    for (int i = 0; i < means.size(); i++) {
      double mean = means.get(i);
      double below = i == 0 ? 0 : means.get(i - 1);
      double above = i == means.size() - 1 ? 1 : means.get(i + 1);
      boolean isPrior =
          mean == PRIOR_MEAN && (i == means.size() - 1 || means.get(i + 1) > PRIOR_MEAN);
      components.add(
          TruncatedNormalDistribution.of(
              mean,
              isPrior ? PRIOR_DEVIATION : Math.max(least, Math.max(mean - below, above - mean)),
              0,
              1));
    }
  }

  @Override
  public double draw(RandomGenerator random) {
    return components
        .get(random.nextInt(components.size()))
        .inverseCumulativeProbability(random.nextDouble());
  }

  @Override
  public double at(double value) {
    return components.stream().mapToDouble(each -> each.density(value)).sum() / components.size();
  }
}
