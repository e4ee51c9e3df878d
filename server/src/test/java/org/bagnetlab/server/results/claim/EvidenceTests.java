package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTests {

  private static final List<String> NETWORKS = ReportClaims.BAGNETS;
  private static final List<Double> EQUAL = List.of(1.0, 1.0, 1.0);

  @Test
  void fieldsThatSeeTheirOwnAgreeLess() {
    // Correlations of 2 / 3 for the same field, and of 1 / 3 for different ones.
    PairedDifference lost =
        SimulatedMaps.evidence(6, 1, EQUAL, 1).agreementLostBetweenFields(NETWORKS).orElseThrow();
    assertThat(lost.difference()).isCloseTo(1 / 3.0, within(.03));
    assertThat(lost.low().orElseThrow()).isBetween(.25, .33);
    assertThat(lost.images()).isEqualTo(SimulatedMaps.IMAGES);
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
          SimulatedMaps.evidence(seeds, 0, List.of(first, second, third), i)
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
          SimulatedMaps.evidence(3, 0, List.of(1000.0, 1000.0, 1000.0), i)
              .agreementLostBetweenFields(NETWORKS);
      empty += lost.isEmpty() || lost.get().p().orElseThrow() > .05 ? 1 : 0;
    }
    assertThat(empty).isGreaterThan(16);
  }

  private static Evidence shares(String first, double[] ofFirst, String second, double[] ofSecond) {
    Map<String, SortedMap<Long, Evidence.Maps>> networks = new LinkedHashMap<>();
    Map.of(first, ofFirst, second, ofSecond)
        .forEach(
            (name, shares) -> {
              SortedMap<Long, Evidence.Maps> bySeed = new TreeMap<>();
              for (int seed = 1; seed <= shares.length; seed++) {
                Map<String, double[]> byImage = new LinkedHashMap<>();
                for (int image = 0; image < 5; image++) {
                  double share = shares[seed - 1];
                  // Points without positive evidence do not count.
                  byImage.put("image" + image, new double[] {share, -9, 1 - share, -1});
                }
                byImage.put("of no evidence", new double[] {-1, 0, -1, 0});
                bySeed.put((long) seed, new Evidence.Maps(seed, byImage));
              }
              networks.put(name, bySeed);
            });
    return new Evidence(networks);
  }

  @Test
  void theLeadIsTheDifferenceOfTheSharesInTheUpperHalf() {
    Evidence evidence =
        shares("bagnet33", new double[] {.7, .8, .9, .75}, "bagnet9", new double[] {.4, .5, .6});
    PairedDifference lead = evidence.lead("bagnet33", "bagnet9").orElseThrow();
    assertThat(lead.difference()).isCloseTo(.3, within(1e-9));
    assertThat(lead.bySeed()).hasSize(3);
    assertThat(lead.images()).isEqualTo(5);
    assertThat(evidence.lead("bagnet9", "bagnet33").orElseThrow().difference())
        .isCloseTo(-.3, within(1e-9));
    assertThat(evidence.lead("bagnet33", "bagnet17")).isEmpty();
  }

  @Test
  void halfOfAMiddleRowIsInTheUpperHalf() {
    double[] map = {1, 1, 1, 2, 2, -1, 0, 1, 2};
    assertThat(
            new Evidence(
                    Map.of(
                        "bagnet33",
                        new TreeMap<>(Map.of(1L, new Evidence.Maps(1, Map.of("image", map)))),
                        "bagnet9",
                        new TreeMap<>(
                            Map.of(
                                1L,
                                new Evidence.Maps(2, Map.of("image", new double[] {0, 0, 1, 1}))))))
                .lead("bagnet33", "bagnet9")
                .orElseThrow()
                .difference())
        .isCloseTo(.5, within(1e-9));
  }

  @Test
  void theLeadIsToldWithOneEndOfItsIntervalAndWithoutAny() {
    PairedDifference four =
        shares("a", new double[] {.7, .8, .9, .8}, "b", new double[] {.4, .5, .6, .5})
            .lead("a", "b")
            .orElseThrow();
    assertThat(
            EvidenceSentence.ofHeight(
                "A", "B", four, Optional.of(new Interval(.21, Double.POSITIVE_INFINITY))))
        .isEqualTo(
            "A has 30.0 points more of its positive evidence in the upper half of images than B, 95 % at least 21.0 more, n = 4 seeds, 5 images.");
    PairedDifference one =
        shares("a", new double[] {.4}, "b", new double[] {.5}).lead("a", "b").orElseThrow();
    assertThat(EvidenceSentence.ofHeight("A", "B", one, Optional.empty()))
        .isEqualTo(
            "A has 10.0 points less of its positive evidence in the upper half of images than B, n = 1 seed, 5 images.");
  }

  @Test
  void networksThatSeeTheSameHaveNoLead() {
    PairedDifference lead =
        SimulatedMaps.evidence(6, 0, EQUAL, 1).lead("bagnet33", "bagnet17").orElseThrow();
    assertThat(lead.low().orElseThrow()).isNegative();
    assertThat(lead.high().orElseThrow()).isPositive();
  }

  @Test
  void twoSeedsOrAMissingNetworkSayNothing() {
    assertThat(SimulatedMaps.evidence(2, 1, EQUAL, 1).agreementLostBetweenFields(NETWORKS))
        .isEmpty();
    assertThat(Evidence.none().agreementLostBetweenFields(NETWORKS)).isEmpty();
    assertThat(
            SimulatedMaps.evidence(3, 1, EQUAL, 1)
                .agreementLostBetweenFields(NETWORKS)
                .orElseThrow()
                .p())
        .contains(.25);
    Evidence all = SimulatedMaps.evidence(3, 1, EQUAL, 1);
    all.networks().remove("bagnet17");
    assertThat(all.agreementLostBetweenFields(NETWORKS)).isEmpty();
  }
}
