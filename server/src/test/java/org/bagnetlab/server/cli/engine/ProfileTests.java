package org.bagnetlab.server.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Limits;
import org.bagnetlab.vision.network.StepProfile.Operation;
import org.bagnetlab.vision.network.StepProfile.Pass;
import org.bagnetlab.vision.network.StepProfile.PassKind;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The tables and the chart of the profile of a training step. */
class ProfileTests {

  /** A machine of 100 GFLOP/s and 10 GB/s; the convolution needs products, the join memory. */
  private static final StepProfile PROFILE =
      new StepProfile(
          List.of(
              new Operation(
                  "conv1",
                  "Convolution",
                  new TreeMap<>(
                      Map.of(
                          PassKind.FORWARD, new Pass(0.020, 1_000_000_000, 1_000_000),
                          PassKind.WEIGHTS, new Pass(0.015, 1_000_000_000, 1_000_000),
                          PassKind.BACKWARD, new Pass(0.025, 1_000_000_000, 1_000_000)))),
              new Operation(
                  "relu",
                  "Join",
                  new TreeMap<>(
                      Map.of(
                          PassKind.FORWARD, new Pass(0.010, 0, 50_000_000),
                          PassKind.BACKWARD, new Pass(0.020, 0, 20_000_000))))),
          0.010,
          new Limits(100e9, 10e9));

  @Test
  void theLongestComeFirstWithTheirShareAndHowNearTheyAreToTheirLimit() {
    List<String> lines = ProfileText.of(PROFILE).lines().map(String::strip).toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "The operations of a step take 100.0 ms. Measured limits: products 100 GFLOP/s, memory 10.0 GB/s.");
    assertThat(lines)
        .containsSubsequence(
            "Convolution backward                   25.00  25.0%     1.000      1.00      40.0"
                + "       40%",
            "Convolution forward                    20.00  20.0%     1.000      1.00      50.0"
                + "       50%",
            "Join backward                          20.00  20.0%     0.000     20.00       0.0"
                + "       10%",
            "Convolution weights                    15.00  15.0%     1.000      1.00      66.7"
                + "       67%",
            "Join forward                           10.00  10.0%     0.000     50.00       0.0"
                + "       50%",
            "update of the weights                  10.00  10.0%",
            "conv1 backward                         25.00  25.0%     1.000      1.00      40.0"
                + "       40%");
  }

  @Test
  void theChartShowsTheOperationsWithProductsBelowTheRoof() throws Exception {
    String svg = RooflineChart.of("A network & a step", PROFILE);
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(svg)
        .contains(
            "conv1, forward: 20.00 ms, 50% of its limit",
            "conv1, weights: 15.00 ms, 67% of its limit")
        .doesNotContain("relu", "NaN", "Infinity");
  }
}
