package org.bagnetlab.experiment.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.statistic.Predictions.Row;
import org.junit.jupiter.api.Test;

/** The scores of classes, against numbers of scikit-learn's classification_report. */
class ClassScoresTests {

  /**
   * y_true = [0, 0, 0, 1, 1, 2, 2, 2, 2], y_pred = [0, 0, 1, 1, 0, 2, 2, 2, 0]; class 3 is empty.
   */
  private static final Predictions PREDICTIONS =
      new Predictions(
          List.of("coast", "forest", "street", "store"),
          List.of(),
          List.of(
              new Row(0, 0),
              new Row(0, 0),
              new Row(0, 1),
              new Row(1, 1),
              new Row(1, 0),
              new Row(2, 2),
              new Row(2, 2),
              new Row(2, 2),
              new Row(2, 0)),
          List.of());

  private final Findings findings = new ClassScores().of(PREDICTIONS);

  private Optional<Double> score(String output, String name) {
    return score(findings, output, name);
  }

  private static Optional<Double> score(Findings findings, String output, String name) {
    return findings.values().stream()
        .filter(value -> value.output().equals(output) && name.equals(value.axes().get("class")))
        .map(Findings.Value::value)
        .findFirst();
  }

  @Test
  void scoresAreThoseOfAClassificationReport() {
    assertThat(score("class-precision", "coast")).contains(.5);
    assertThat(score("class-recall", "coast").orElseThrow()).isCloseTo(2 / 3., within(1e-12));
    assertThat(score("class-f1", "coast").orElseThrow()).isCloseTo(4 / 7., within(1e-12));
    assertThat(score("class-precision", "forest")).contains(.5);
    assertThat(score("class-recall", "forest")).contains(.5);
    assertThat(score("class-f1", "forest")).contains(.5);
    assertThat(score("class-precision", "street")).contains(1.);
    assertThat(score("class-recall", "street")).contains(.75);
    assertThat(score("class-f1", "street").orElseThrow()).isCloseTo(6 / 7., within(1e-12));
    assertThat(score("class-images", "street")).contains(4.);
  }

  /**
   * scikit-learn's {@code precision_recall_fscore_support(..., average='macro', zero_division=0)}
   * of y_true = [0, 0, 0, 1, 1, 2, 2, 3], y_pred = [0, 0, 1, 1, 0, 0, 1, 3]: class 2 is never
   * predicted. Without it, precision would be .611.
   */
  @Test
  void aClassThatIsNeverPredictedHasPrecisionZero() {
    Findings found =
        new ClassScores()
            .of(
                new Predictions(
                    List.of("coast", "forest", "street", "store", "empty"),
                    List.of(),
                    List.of(
                        new Row(0, 0),
                        new Row(0, 0),
                        new Row(0, 1),
                        new Row(1, 1),
                        new Row(1, 0),
                        new Row(2, 0),
                        new Row(2, 1),
                        new Row(3, 3)),
                    List.of()));
    assertThat(score(found, "class-precision", "street")).contains(0.);
    assertThat(score(found, "class-f1", "street")).contains(0.);
    assertThat(score(found, "class-precision", "empty")).isEmpty();
    assertThat(macro(found, "macro-precision")).isCloseTo(0.4583333333333333, within(1e-12));
    assertThat(macro(found, "macro-recall")).isCloseTo(0.5416666666666666, within(1e-12));
    assertThat(macro(found, "macro-f1")).isCloseTo(0.4928571428571429, within(1e-12));
  }

  private static double macro(Findings findings, String output) {
    return findings.values().stream()
        .filter(value -> value.output().equals(output) && value.axes().isEmpty())
        .mapToDouble(Findings.Value::value)
        .sum();
  }

  @Test
  void whatIsNotDefinedIsLeftOut() {
    assertThat(score("class-precision", "store")).isEmpty();
    assertThat(score("class-recall", "store")).isEmpty();
    assertThat(score("class-f1", "store")).isEmpty();
    assertThat(score("class-images", "store")).contains(0.);
  }

  @Test
  void theConfusionHasTrueClassesInItsRows() {
    assertThat(findings.matrices()).hasSize(1);
    Findings.Matrix confusion = findings.matrices().get(0);
    assertThat(confusion.set()).isEqualTo(MeasuredSet.TEST);
    assertThat(confusion.values())
        .isDeepEqualTo(new double[][] {{2, 1, 0, 0}, {1, 1, 0, 0}, {1, 0, 3, 0}, {0, 0, 0, 0}});
  }

  @Test
  void onlyDeclaredOutputsAreFound() {
    assertThat(new ClassScores().outputs())
        .extracting(Output::name)
        .containsAll(findings.values().stream().map(Findings.Value::output).toList())
        .contains("confusion");
    assertThat(Statistic.find("classes")).isPresent();
  }
}
