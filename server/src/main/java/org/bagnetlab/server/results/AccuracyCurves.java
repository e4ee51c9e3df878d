package org.bagnetlab.server.results;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;

/**
 * What a setting of trainings does to the test accuracy.
 *
 * @param datasets those of the curves
 * @param curves one for each network and way of training it
 */
public record AccuracyCurves(List<MeasuredOn> datasets, List<AccuracyCurve> curves) {

  static AccuracyCurves of(
      Varied over,
      List<MeasuredRun> runs,
      Map<Long, ResultRow> sparseness,
      Function<String, MeasuredOn> measuredOn,
      Published published,
      Networks networks) {
    List<AccuracyCurve> curves = AccuracyCurve.all(over, runs, sparseness, published, networks);
    return new AccuracyCurves(
        curves.stream()
            .map(curve -> curve.network().settings().dataset())
            .distinct()
            .map(measuredOn)
            .toList(),
        curves);
  }

  /** How sparse the evidence of runs is on their own test images, as measured last. */
  static Map<Long, ResultRow> sparseness(Tables tables) {
    Output output = EvidenceExperiment.SPARSENESS;
    return tables.results().ofRuns(output.name(), output.metric().name()).stream()
        .filter(row -> row.result().set().equals(MeasuredSet.TEST.text()))
        .sorted(Comparator.comparingLong(row -> row.result().job()))
        .collect(
            Collectors.toMap(RunResultRow::run, RunResultRow::result, (earlier, later) -> later));
  }
}
