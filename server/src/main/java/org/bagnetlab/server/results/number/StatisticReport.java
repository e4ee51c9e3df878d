package org.bagnetlab.server.results.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.statistic.Findings;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.server.results.run.Published;

/**
 * A statistic of the predictions of a run, with the published values.
 *
 * @param statistic name of the statistic
 * @param results single numbers
 * @param matrices numbers by row and column
 * @param published the numbers of the report for the same network and classes, if it has any
 */
public record StatisticReport(
    String statistic,
    List<Findings.Value> results,
    List<Findings.Matrix> matrices,
    Optional<PublishedValues> published) {

  /** The numbers published in the report. */
  public record PublishedValues(String source, List<PublishedValue> results) {}

  /** A number published in the report. */
  public record PublishedValue(
      String metric, MeasuredSet set, Map<String, String> axes, double value) {}

  /** The report for a run that has measured nothing yet. */
  public static StatisticReport none(Statistic statistic) {
    return new StatisticReport(statistic.name(), List.of(), List.of(), Optional.empty());
  }

  /**
   * Computes a statistic.
   *
   * @param architecture architecture of the network, by which its numbers in the report are found
   */
  public static StatisticReport of(
      Statistic statistic, Predictions predictions, String architecture, Published published) {
    Findings findings = statistic.of(predictions);
    Set<String> metrics =
        statistic.outputs().stream()
            .map(output -> output.metric().name())
            .collect(Collectors.toSet());
    List<PublishedValue> values = new ArrayList<>();
    for (MeasuredSet set : MeasuredSet.values()) {
      published
          .classScores(architecture, set, predictions.classes())
          .forEach(
              (name, scores) -> {
                Map<String, String> axes = Map.of("class", name);
                values.add(
                    new PublishedValue(Metric.PRECISION.name(), set, axes, scores.precision()));
                values.add(new PublishedValue(Metric.RECALL.name(), set, axes, scores.recall()));
                values.add(new PublishedValue(Metric.F1.name(), set, axes, scores.f1()));
              });
    }
    values.removeIf(value -> !metrics.contains(value.metric()));
    return new StatisticReport(
        statistic.name(),
        findings.values(),
        findings.matrices(),
        values.isEmpty()
            ? Optional.empty()
            : Optional.of(new PublishedValues(published.source(), values)));
  }
}
