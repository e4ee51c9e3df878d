package org.bagnetlab.server.statistics;

import java.util.Optional;

/** A test of seeds alone, which does not assume a normal distribution. */
sealed interface SeedTest permits RunPermutations, SeedSigns {

  /**
   * A tolerance far below the smallest difference between two shares of images, and far above
   * rounding errors.
   */
  double ROUNDING = 1e-9;

  /** The two-sided p-value for a true value of zero. */
  double p();

  /**
   * The interval of values that the test does not reject.
   *
   * @param error probability of missing the true value, at most {@link PairedDifference#ERROR}
   * @return the interval; empty if there are too few seeds for this probability
   */
  Optional<Interval> interval(double error);

  /** The same test of the negated values. */
  SeedTest reversed();

  /** Creates an interval. Ends that differ from zero only by rounding errors are set to zero. */
  static Interval rounded(double low, double high) {
    return new Interval(Math.abs(low) <= ROUNDING ? 0 : low, Math.abs(high) <= ROUNDING ? 0 : high);
  }

  /** The kind of a test, which determines how many seeds it needs. */
  enum Kind {
    /** The permutation test of two networks. */
    PERMUTATIONS {
      @Override
      double ways(int seeds) {
        double ways = 1;
        for (int i = 1; i <= seeds; i++) {
          ways = ways * (seeds + i) / i;
        }
        return ways;
      }
    },
    /** The sign test of one network. */
    SIGNS {
      @Override
      double ways(int seeds) {
        return Math.pow(2, seeds);
      }
    };

    /**
     * The number of equally likely outcomes with this number of seeds under the null hypothesis.
     */
    abstract double ways(int seeds);

    /** The smallest possible two-sided p-value with this number of seeds. */
    double leastP(int seeds) {
      return 2 / ways(seeds);
    }

    /** The smallest number of seeds whose p-value can reach a significance level. */
    int fewestSeeds(double level) {
      int seeds = 1;
      while (leastP(seeds) > level) {
        seeds++;
      }
      return seeds;
    }
  }
}
