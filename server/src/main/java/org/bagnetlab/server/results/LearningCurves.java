package org.bagnetlab.server.results;

import java.util.List;
import java.util.function.Function;

/**
 * What more training images bring.
 *
 * @param datasets those of the curves
 * @param curves one for each network and way of training it
 */
public record LearningCurves(List<MeasuredOn> datasets, List<LearningCurve> curves) {

  static LearningCurves of(
      List<MeasuredRun> runs,
      Function<String, MeasuredOn> measuredOn,
      Published published,
      Networks networks) {
    List<LearningCurve> curves = LearningCurve.all(runs, published, networks);
    return new LearningCurves(
        curves.stream()
            .map(curve -> curve.network().settings().dataset())
            .distinct()
            .map(measuredOn)
            .toList(),
        curves);
  }
}
