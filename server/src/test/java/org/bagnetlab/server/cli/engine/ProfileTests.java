package org.bagnetlab.server.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Limits;
import org.bagnetlab.vision.network.StepProfile.Operation;
import org.bagnetlab.vision.network.StepProfile.Pass;
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
                  new Pass(0.020, 1_000_000_000, 1_000_000),
                  new Pass(0.040, 2_000_000_000, 2_000_000)),
              new Operation(
                  "relu", "Join", new Pass(0.010, 0, 50_000_000), new Pass(0.020, 0, 20_000_000))),
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
            "Convolution backward                   40.00  40.0%     2.000      2.00      50.0"
                + "       50%",
            "Convolution forward                    20.00  20.0%     1.000      1.00      50.0"
                + "       50%",
            "Join backward                          20.00  20.0%     0.000     20.00       0.0"
                + "       10%",
            "Join forward                           10.00  10.0%     0.000     50.00       0.0"
                + "       50%",
            "update of the weights                  10.00  10.0%",
            "conv1 backward                         40.00  40.0%     2.000      2.00      50.0"
                + "       50%");
  }

  @Test
  void theChartShowsTheOperationsWithProductsBelowTheRoof() throws Exception {
    String svg = RooflineChart.of("A network & a step", PROFILE);
    Document document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
    assertThat(svg)
        .contains("conv1, forward: 20.00 ms, 50% of its limit")
        .doesNotContain("relu", "NaN", "Infinity");
  }
}
