package org.bagnetlab.server.results.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.About;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.statistic.ClassScores;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.server.results.run.Published;
import org.junit.jupiter.api.Test;

/** Statistics of a run stand beside those that the report published on the same classes. */
class StatisticReportTests {

  private static final Published PUBLISHED = Published.read();

  private static List<String> scenes() {
    return List.copyOf(PUBLISHED.testReports().getOrDefault("bagnet33", Map.of()).keySet());
  }

  private static StatisticReport report(List<String> classes, String architecture) {
    List<Predictions.Row> rows =
        List.of(new Predictions.Row(0, 0), new Predictions.Row(0, 1), new Predictions.Row(1, 1));
    return StatisticReport.of(
        new ClassScores(),
        new Predictions(classes, List.of(), rows, rows),
        architecture,
        PUBLISHED);
  }

  private static Optional<Double> published(
      StatisticReport report, MeasuredSet set, String metric, String name) {
    return report.published().stream()
        .flatMap(values -> values.results().stream())
        .filter(value -> value.set() == set && value.metric().equals(metric))
        .filter(value -> name.equals(value.axes().get("class")))
        .map(StatisticReport.PublishedValue::value)
        .findFirst();
  }

  @Test
  void aSetWithoutPredictionsHasNoNumbers() {
    StatisticReport report = report(List.of("a", "b", "c"), "bagnet33");
    assertThat(report.published()).isEmpty();
    assertThat(report.results())
        .extracting(value -> value.set().text())
        .containsOnly("test", "scrambled");
    assertThat(report.matrices()).hasSize(2);
  }

  @Test
  void theReportsScoresStandBesideThoseOnItsClasses() {
    StatisticReport report = report(scenes(), "bagnet33");
    assertThat(report.published().orElseThrow().source()).isEqualTo(PUBLISHED.source());
    assertThat(published(report, MeasuredSet.TEST, "recall", "Bedroom")).contains(.82);
    assertThat(published(report, MeasuredSet.SCRAMBLED, "recall", "Bedroom")).contains(.62);
    assertThat(published(report, MeasuredSet.TEST, "precision", "Bedroom")).isPresent();
    assertThat(published(report, MeasuredSet.TEST, "f1", "Bedroom")).isPresent();
  }

  @Test
  void whatTheReportDoesNotSayIsLeftOut() {
    // It scrambled for BagNet-33 alone, and says nothing class by class of BagNet-9.
    StatisticReport resnet = report(scenes(), "resnet50");
    assertThat(published(resnet, MeasuredSet.SCRAMBLED, "recall", "Bedroom")).isEmpty();
    assertThat(report(scenes(), "bagnet9").published()).isEmpty();
    List<String> more = new ArrayList<>(scenes());
    more.add("Beach");
    assertThat(report(more, "bagnet33").published()).isEmpty();
  }

  /** A statistic of which the report says nothing. */
  private static final class Share implements Statistic {

    @Override
    public About about() {
      return new About(
          "share",
          "Share",
          "Share of images that are recognised.",
          new Source(Source.PAPER, "none"),
          Subject.predictions());
    }

    @Override
    public List<Output> outputs() {
      return List.of(Output.scalar("share", "Share", Metric.ACCURACY));
    }

    @Override
    public Findings of(Predictions predictions) {
      return new Findings(List.of(), List.of());
    }
  }

  @Test
  void onlyWhatAStatisticMeasuresStandsBesideIt() {
    List<Predictions.Row> rows = List.of(new Predictions.Row(0, 0));
    assertThat(
            StatisticReport.of(
                    new Share(),
                    new Predictions(scenes(), List.of(), rows, rows),
                    "bagnet33",
                    PUBLISHED)
                .published())
        .isEmpty();
  }

  @Test
  void theReportsEpochsAreThoseOfBagNet33OnItsClasses() {
    assertThat(PUBLISHED.history("bagnet33", scenes()).orElseThrow().testLoss()).hasSize(40);
    assertThat(PUBLISHED.history("resnet50", scenes())).isEmpty();
    assertThat(PUBLISHED.history("bagnet33", List.of("a", "b"))).isEmpty();
  }
}
