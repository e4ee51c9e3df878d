package org.bagnetlab.server.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The images on which two networks agree and disagree.
 *
 * @param both images that both classify correctly
 * @param onlyFirst images that only the first does
 * @param onlySecond images that only the second does
 * @param neither images that neither does
 */
public record McNemar(int both, int onlyFirst, int onlySecond, int neither) {

  /** Number of images. */
  public int images() {
    return both + onlyFirst + onlySecond + neither;
  }

  /** The first network's accuracy minus the second's. */
  public double difference() {
    return (double) (onlyFirst - onlySecond) / images();
  }

  /**
   * The p-value of McNemar's exact test, two-sided: that the images on which two equally good
   * networks disagree are divided at least so unevenly. It is about these two runs on other images
   * of the kind, not about other seeds.
   */
  public double exactP() {
    int discordant = onlyFirst + onlySecond;
    if (discordant == 0) {
      return 1;
    }
    double tail =
        BinomialDistribution.of(discordant, 0.5)
            .cumulativeProbability(Math.min(onlyFirst, onlySecond));
    return Math.min(1, 2 * tail);
  }
}
