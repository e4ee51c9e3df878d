package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bagnetlab.server.statistics.PairedDifference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTests {

  private static final List<String> NETWORKS = List.of("bagnet9", "bagnet17", "bagnet33");
  private static final List<Double> EQUAL = List.of(1.0, 1.0, 1.0);
  private static final int IMAGES = 100;
  private static final int POINTS = 64;

  /**
   * Maps that are sums of what all networks see in an image, what the networks of one receptive
   * field see, and what the seed adds.
   *
   * @param ofField weight of the second
   * @param ofSeed weight of the third, for each network
   */
  private static Evidence evidence(
      int seeds, double ofField, List<Double> ofSeed, long randomness) {
    SplittableRandom random = new SplittableRandom(randomness);
    double[][] common = normal(random);
    Map<String, SortedMap<Long, Evidence.Maps>> networks = new LinkedHashMap<>();
    for (String name : NETWORKS) {
      double[][] field = normal(random);
      double noise = ofSeed.get(NETWORKS.indexOf(name));
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

  @Test
  void fieldsThatSeeTheirOwnAgreeLess() {
    // Correlations of 2 / 3 for the same field, and of 1 / 3 for different ones.
    PairedDifference lost =
        evidence(6, 1, EQUAL, 1).agreementLostBetweenFields(NETWORKS).orElseThrow();
    assertThat(lost.difference()).isCloseTo(1 / 3.0, within(.03));
    assertThat(lost.low().orElseThrow()).isBetween(.25, .33);
    assertThat(lost.images()).isEqualTo(IMAGES);
  }

  /**
   * Networks that see the same, some with more noise than others: the interval holds 0 as often as
   * it says, for which the correction for attenuation and the jackknife are needed.
   */
  @ParameterizedTest
  @CsvSource({"6, 1, 1, 1", "6, 1.5, 1, 0.6", "6, 3, 1, 0.3"})
  void networksThatSeeTheSameAgreeAsMuchAsTheirNoiseAllows(
      int seeds, double first, double second, double third) {
    int covered = 0;
    int repetitions = 100;
    for (int i = 0; i < repetitions; i++) {
      PairedDifference lost =
          evidence(seeds, 0, List.of(first, second, third), i)
              .agreementLostBetweenFields(NETWORKS)
              .orElseThrow();
      if (lost.low().orElseThrow() <= 0 && lost.high().orElseThrow() >= 0) {
        covered++;
      }
    }
    assertThat(covered).isBetween(88, repetitions);
  }

  @Test
  void mapsOfNothingButNoiseSayNothing() {
    int empty = 0;
    for (int i = 0; i < 20; i++) {
      Optional<PairedDifference> lost =
          evidence(3, 0, List.of(1000.0, 1000.0, 1000.0), i).agreementLostBetweenFields(NETWORKS);
      empty += lost.isEmpty() || lost.get().p().orElseThrow() > .05 ? 1 : 0;
    }
    assertThat(empty).isGreaterThan(16);
  }

  @Test
  void twoSeedsOrAMissingNetworkSayNothing() {
    assertThat(evidence(2, 1, EQUAL, 1).agreementLostBetweenFields(NETWORKS)).isEmpty();
    assertThat(Evidence.none().agreementLostBetweenFields(NETWORKS)).isEmpty();
    assertThat(evidence(3, 1, EQUAL, 1).agreementLostBetweenFields(NETWORKS).orElseThrow().p())
        .contains(.25);
    Evidence all = evidence(3, 1, EQUAL, 1);
    all.networks().remove("bagnet17");
    assertThat(all.agreementLostBetweenFields(NETWORKS)).isEmpty();
  }
}
