package org.bagnetlab.experiment.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.statistic.Predictions.Row;
import org.bagnetlab.protocol.Json;
import org.junit.jupiter.api.Test;

class CalibrationTests {

  private static final int IMAGES = 60;
  private static final List<String> CLASSES = List.of("coast", "forest", "street", "store");

  private static Findings onTest(List<Row> rows) {
    return new Calibration().of(new Predictions(CLASSES, List.of(), rows, List.of()));
  }

  private static Row row(int label, float... logits) {
    int predicted = 0;
    for (int i = 1; i < logits.length; i++) {
      predicted = logits[i] > logits[predicted] ? i : predicted;
    }
    return new Row(label, predicted, Optional.of(logits));
  }

  private static double value(Findings findings, String output) {
    return findings.values().stream()
        .filter(value -> value.output().equals(output))
        .mapToDouble(Findings.Value::value)
        .findFirst()
        .orElseThrow();
  }

  private static List<Findings.Value> bins(Findings findings) {
    return findings.values().stream()
        .filter(value -> value.output().equals("reliability"))
        .toList();
  }

  /** Sixty images of four classes; every third one's class does not depend on its logits. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      float[] logits = new float[CLASSES.size()];
      for (int j = 0; j < logits.length; j++) {
        logits[j] = (i * 7 + j * 11 + i * j % 5) % 13 * .5f;
      }
      int seen = row(0, logits).predicted();
      rows.add(row(i % 3 == 0 ? i * 3 % 4 : seen, logits));
    }
    return rows;
  }

  /**
   * NumPy: {@code p = exp(z) / exp(z).sum(1)}, bins from {@code linspace(0, 1, 16)} that hold
   * {@code (conf > low) & (conf <= high)}.
   */
  @Test
  void equalsNumPy() {
    Findings findings = onTest(rows());
    assertThat(value(findings, "expected-calibration-error"))
        .isCloseTo(0.21880608002538163, within(1e-12));
    assertThat(value(findings, "maximum-calibration-error"))
        .isCloseTo(0.8114598519351924, within(1e-12));
    assertThat(value(findings, "mean-confidence")).isCloseTo(0.6121471477437166, within(1e-12));
    assertThat(value(findings, "negative-log-likelihood"))
        .isCloseTo(1.0082855131277215, within(1e-12));
    assertThat(value(findings, "brier-score")).isCloseTo(0.4647390611255992, within(1e-12));

    List<Findings.Value> bins = bins(findings);
    assertThat(bins).extracting(Findings.Value::images).containsExactly(7, 9, 10, 2, 18, 2, 1, 11);
    assertThat(bins.get(4).value()).isCloseTo(17 / 18., within(1e-12));
    assertThat((Double) bins.get(4).axes().get("confidence"))
        .isCloseTo(0.6304192801202217, within(1e-12));
  }

  /**
   * NumPy: for each bin the distribution of the number of recognised images by {@code convolve} of
   * {@code [1 - c, c]} over its images, of which the mean distance from the sum of c; 100000
   * networks that recognise images with these probabilities have a mean error of 0.11857.
   */
  @Test
  void aCalibratedNetworkHasAnErrorByChance() {
    Findings findings = onTest(rows());
    assertThat(value(findings, "expected-calibration-error-if-calibrated"))
        .isCloseTo(0.1187018747981451, within(1e-9));
  }

  /** Many images of one confidence: the mean distance of a normal distribution. */
  @Test
  void theErrorByChanceFallsWithTheRootOfTheNumberOfImages() {
    List<Row> rows = new ArrayList<>();
    float logit = (float) Math.log(9);
    for (int i = 0; i < 20_000; i++) {
      rows.add(row(i % 4 == 0 ? 1 : 0, logit, 0, 0, 0));
    }
    assertThat(value(onTest(rows), "expected-calibration-error-if-calibrated"))
        .isCloseTo(Math.sqrt(2 * 3 / 16. / Math.PI / 20_000), within(1e-6));
  }

  @Test
  void aCertainNetworkHasNoErrorByChance() {
    Findings findings = onTest(List.of(row(0, 5000, -5000, 0, 0), row(1, 5000, -5000, 0, 0)));
    assertThat(value(findings, "expected-calibration-error-if-calibrated")).isZero();
  }

  /** Of four images with a confidence of 3/4, three are recognised. */
  @Test
  void aNetworkThatIsRightAsOftenAsItIsConfidentHasNoError() {
    float logit = (float) Math.log(9);
    List<Row> rows = new ArrayList<>();
    for (int label : new int[] {0, 0, 0, 1}) {
      rows.add(row(label, logit, 0, 0, 0));
    }
    Findings findings = onTest(rows);
    assertThat(value(findings, "expected-calibration-error")).isCloseTo(0, within(1e-7));
    assertThat(value(findings, "maximum-calibration-error")).isCloseTo(0, within(1e-7));
    assertThat(bins(findings)).hasSize(1);
    // Three with a quarter left, and one with three quarters wrong and 11/12 missing.
    assertThat(value(findings, "brier-score"))
        .isCloseTo((3 * (1 / 16. + 3 / 144.) + 9 / 16. + 121 / 144. + 2 / 144.) / 4, within(1e-7));
  }

  /** Large logits would overflow without care, and a certain network is in the last bin. */
  @Test
  void certaintyIsInTheLastBin() {
    Findings findings = onTest(List.of(row(0, 5000, -5000, 0, 0), row(1, 5000, -5000, 0, 0)));
    assertThat(value(findings, "expected-calibration-error")).isEqualTo(.5);
    assertThat(value(findings, "negative-log-likelihood")).isEqualTo(5000);
    assertThat(value(findings, "brier-score")).isEqualTo(1);
    assertThat(bins(findings)).hasSize(1);
  }

  @Test
  void addingANumberToAllLogitsOfAnImageChangesNothing() {
    List<Row> shifted = new ArrayList<>();
    for (Row row : rows()) {
      float[] logits = row.logits().orElseThrow().clone();
      for (int i = 0; i < logits.length; i++) {
        logits[i] += 64;
      }
      shifted.add(row(row.label(), logits));
    }
    for (String output : List.of("expected-calibration-error", "brier-score")) {
      assertThat(value(onTest(shifted), output))
          .isCloseTo(value(onTest(rows()), output), within(1e-12));
    }
  }

  @Test
  void setsWithoutLogitsOrWithLogitsThatAreNoNumbersHaveNoValues() throws Exception {
    String file =
        """
        {"classes": ["a", "b"],
         "validation": [{"image": "v.png", "label": 0, "predicted": 0, "logits": ["NaN", "NaN"]}],
         "test": [{"image": "t.png", "label": 0, "predicted": 0}],
         "scrambled": [{"image": "t.png", "label": 1, "predicted": 0, "logits": [1, 1]}]}
        """;
    Findings findings = new Calibration().of(Json.MAPPER.readValue(file, Predictions.class));
    assertThat(findings.values())
        .extracting(Findings.Value::set)
        .containsOnly(MeasuredSet.SCRAMBLED);
    assertThat(value(findings, "negative-log-likelihood")).isCloseTo(Math.log(2), within(1e-12));
    assertThat(onTest(List.of()).values()).isEmpty();
  }

  @Test
  void onlyDeclaredOutputsAreFound() {
    assertThat(new Calibration().outputs())
        .extracting(Output::name)
        .containsAll(onTest(rows()).values().stream().map(Findings.Value::output).toList());
    assertThat(Statistic.find("calibration")).isPresent();
  }
}
