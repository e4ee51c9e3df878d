package org.bagnetlab.server.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The counts of images on which two networks agree and disagree.
 *
 * @param both number of images that both classify correctly
 * @param onlyFirst number of images that only the first classifies correctly
 * @param onlySecond number of images that only the second classifies correctly
 * @param neither number of images that neither classifies correctly
 */
public record McNemar(int both, int onlyFirst, int onlySecond, int neither) {

  /** The number of images. */
  public int images() {
    return both + onlyFirst + onlySecond + neither;
  }

  /** The accuracy of the first network minus that of the second. */
  public double difference() {
    return (double) (onlyFirst - onlySecond) / images();
  }

  /**
   * The two-sided p-value of McNemar's exact test: the probability that, for two equally good
   * networks, the images on which they disagree are divided at least this unevenly. It applies to
   * these two runs on other images of the same kind, not to other seeds.
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
