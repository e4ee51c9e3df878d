package org.bagnetlab.server.statistics;

import java.util.Optional;

/** A test of seeds alone, which does not assume that they are distributed normally. */
sealed interface SeedTest permits RunPermutations, SeedSigns {

  /** Far below the smallest difference of two shares of images, and far above rounding. */
  double ROUNDING = 1e-9;

  /** The two-sided p-value of zero. */
  double p();

  /**
   * What the test does not reject.
   *
   * @param error probability of missing the truth, at most {@link PairedDifference#ERROR}
   * @return empty: too few seeds to say so much
   */
  Optional<Interval> interval(double error);

  /** The same of the opposite numbers. */
  SeedTest reversed();

  /** An interval, whose ends are zero where only rounding keeps them from it. */
  static Interval rounded(double low, double high) {
    return new Interval(Math.abs(low) <= ROUNDING ? 0 : low, Math.abs(high) <= ROUNDING ? 0 : high);
  }

  /** Which test it is, and so how many seeds it takes. */
  enum Kind {
    /** Of two networks. */
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
    /** Of one network. */
    SIGNS {
      @Override
      double ways(int seeds) {
        return Math.pow(2, seeds);
      }
    };

    /** How many outcomes so many seeds have that are equally likely if there is nothing to find. */
    abstract double ways(int seeds);

    /** The smallest two-sided p-value that so many seeds can have. */
    double leastP(int seeds) {
      return 2 / ways(seeds);
    }

    /** The fewest seeds whose p-value can be as small as a level. */
    int fewestSeeds(double level) {
      int seeds = 1;
      while (leastP(seeds) > level) {
        seeds++;
      }
      return seeds;
    }
  }
}
