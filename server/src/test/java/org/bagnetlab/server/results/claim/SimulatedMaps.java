package org.bagnetlab.server.results.claim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Maps of evidence of simulated BagNets. */
final class SimulatedMaps {

  static final int IMAGES = 100;
  private static final int POINTS = 64;

  private SimulatedMaps() {}

  /**
   * Maps that are sums of what all networks see in an image, what the networks of one receptive
   * field see, and what the seed adds.
   *
   * @param ofField weight of the second
   * @param ofSeed weight of the third, for each network
   */
  static Evidence evidence(int seeds, double ofField, List<Double> ofSeed, long randomness) {
    SplittableRandom random = new SplittableRandom(randomness);
    double[][] common = normal(random);
    Map<String, SortedMap<Long, Evidence.Maps>> networks = new LinkedHashMap<>();
    for (String name : ReportClaims.BAGNETS) {
      double[][] field = normal(random);
      double noise = ofSeed.get(ReportClaims.BAGNETS.indexOf(name));
      SortedMap<Long, Evidence.Maps> bySeed = new TreeMap<>();
      for (long seed = 1; seed <= seeds; seed++) {
        double[][] own = normal(random);
        Map<String, double[]> byImage = new LinkedHashMap<>();
        for (int i = 0; i < IMAGES; i++) {
          double[] map = new double[POINTS];
          for (int k = 0; k < POINTS; k++) {
            map[k] = common[i][k] + ofField * field[i][k] + noise * own[i][k];
          }
          byImage.put("image" + i, map);
        }
        bySeed.put(seed, new Evidence.Maps(seed, byImage));
      }
      networks.put(name, bySeed);
    }
    return new Evidence(networks);
  }

  private static double[][] normal(SplittableRandom random) {
    double[][] values = new double[IMAGES][POINTS];
    for (double[] row : values) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return values;
  }
}
