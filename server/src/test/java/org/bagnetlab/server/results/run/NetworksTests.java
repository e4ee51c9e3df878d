package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bagnetlab.server.results.run.Networks.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTests {

  private final Networks networks = new Networks(Published.read());

  @Test
  void theReportsNetworksComeFirstThenTheLadderThenTheVariants() {
    assertThat(networks.list().stream().map(Network::family).distinct())
        .containsExactly(
            "The report's networks",
            "Receptive-field ladder",
            "VGG",
            "BagNets, version 2",
            "Controlled variants");
    assertThat(networks.list().subList(0, 9).stream().map(Network::name))
        .isEqualTo(
            List.of(
                "resnet50",
                "densenet121",
                "densenet169",
                "cbam_resnet50",
                "bagnet9",
                "bagnet17",
                "bagnet33",
                "bagnet65",
                "bagnet129"));
  }

  /** Shares of the classes that patches of a size tell apart; see docs/controlled-15.md. */
  @ParameterizedTest
  @CsvSource({
    "bagnet9, 0.4",
    "bagnet17, 0.733",
    "bagnet33, 0.933",
    "bagnet33_shallow, 0.933",
    "bagnet65, 1",
    "bagnet33_padded, 1",
    "bagnet33_v2, 1",
    "resnet50, 1"
  })
  void onlyNetworksWithoutPaddingHaveALinearBagLimitBelowOne(String architecture, double limit) {
    assertThat(networks.linearBagLimit(architecture, "controlled-15").orElseThrow())
        .isCloseTo(limit, within(5e-4));
    assertThat(networks.linearBagLimit(architecture, "scene15")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bagnet9, controlled-15, 64, true",
    "bagnet33_shallow, controlled-15, 64, true",
    "bagnet9, controlled-15, 224, false",
    "bagnet9, scene15, 64, false",
    "bagnet33_padded, controlled-15, 64, false",
    "bagnet65, controlled-15, 64, false",
    "resnet50, controlled-15, 64, false"
  })
  void otherReadoutsAreKnownOfTheSmallBagNetsPatches(
      String architecture, String dataset, int imageSize, boolean known) {
    assertThat(networks.readouts(architecture, dataset, imageSize).isPresent()).isEqualTo(known);
  }
}
