package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
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
