package org.bagnetlab.server.results.claim;

import org.bagnetlab.vision.correlation.Correlation;

/**
 * Pearson correlations between the maps of several networks for one image. Each network has several
 * seeds.
 *
 * @param values correlations, indexed by first network, its seed, second network, and its seed
 */
record Correlations(double[][][][] values) {

  /** Value of {@code withoutSeed} that includes all seeds. */
  static final int ALL_SEEDS = -1;

  /**
   * Computes the correlations of maps. The correlation with a constant map is 0.
   *
   * @param maps maps, indexed by network, then by seed; all networks have the same seeds
   */
  static Correlations of(double[][][] maps) {
    int networks = maps.length;
    int seeds = maps[0].length;
    double[][][][] values = new double[networks][seeds][networks][seeds];
    for (int a = 0; a < networks; a++) {
      for (int i = 0; i < seeds; i++) {
        for (int b = 0; b < networks; b++) {
          for (int j = 0; j < seeds; j++) {
            values[a][i][b][j] = Correlation.pearson(maps[a][i], maps[b][j]).orElse(0.0);
          }
        }
      }
    }
    return new Correlations(values);
  }

  /** The mean over all pairs of different seeds of two networks, or of one network with itself. */
  double mean(int first, int second, int withoutSeed) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < values[first].length; i++) {
      for (int j = 0; j < values[second].length; j++) {
        if (i != j && i != withoutSeed && j != withoutSeed) {
          sum += values[first][i][second][j];
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /**
   * The geometric mean of two networks' correlations with themselves, minus their correlation with
   * each other, averaged over all pairs of networks.
   *
   * @param reliabilities reliabilities of the networks over all images, around which the geometric
   *     mean is linearised
   */
  double lost(double[] reliabilities, int withoutSeed) {
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < reliabilities.length; a++) {
      for (int b = a + 1; b < reliabilities.length; b++) {
        double ratio = Math.sqrt(reliabilities[b] / reliabilities[a]);
        double expected = (mean(a, a, withoutSeed) * ratio + mean(b, b, withoutSeed) / ratio) / 2;
        sum += expected - mean(a, b, withoutSeed);
        pairs++;
      }
    }
    return sum / pairs;
  }
}
