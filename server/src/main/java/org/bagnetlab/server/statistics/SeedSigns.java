package org.bagnetlab.server.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The sign test (Arbuthnott 1710): if a seed is as likely to be above a number as below it, all of
 * n seeds are on the same side of it with probability 2 / 2^n. It tests the median over seeds, not
 * the mean: a few seeds cannot show how often a network fails.
 *
 * @param ascending values of the seeds in ascending order
 */
record SeedSigns(double[] ascending) implements SeedTest {

  static SeedSigns of(double[] seeds) {
    double[] ascending = seeds.clone();
    Arrays.sort(ascending);
    return new SeedSigns(ascending);
  }

  @Override
  public double p() {
    int below = (int) Arrays.stream(ascending).filter(value -> value <= ROUNDING).count();
    int above = (int) Arrays.stream(ascending).filter(value -> value >= -ROUNDING).count();
    return p(Math.min(below, above));
  }

  /** The p-value if this is the number of seeds on the side with fewer seeds. */
  private double p(int few) {
    return Math.min(
        1, 2 * BinomialDistribution.of(ascending.length, 0.5).cumulativeProbability(few));
  }

  @Override
  public Optional<Interval> interval(double error) {
    int outside = 0;
    while (2 * outside < ascending.length && p(outside) <= error) {
      outside++;
    }
    return outside == 0
        ? Optional.empty()
        : Optional.of(
            SeedTest.rounded(ascending[outside - 1], ascending[ascending.length - outside]));
  }

  @Override
  public SeedSigns reversed() {
    return of(Arrays.stream(ascending).map(value -> -value).toArray());
  }
}
