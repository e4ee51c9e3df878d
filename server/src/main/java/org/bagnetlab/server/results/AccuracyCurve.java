package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The test accuracy of a network over a setting of its training, all else being equal.
 *
 * @param network and its training, but for that setting
 * @param points from a small setting to a large one, at least two
 */
record AccuracyCurve(@JsonUnwrapped ConfiguredNetwork network, List<Point> points) {

  /**
   * A value of the setting.
   *
   * @param at images that are learnt, of all classes together, or the factor of sparsity
   * @param limit that the trainings set for the images of each class; absent: none
   * @param runs one for each seed, the oldest first
   * @param test accuracy over the runs
   * @param sparseness of the evidence over the runs for which it was measured; absent: none
   */
  record Point(
      double at,
      Optional<Integer> limit,
      List<Long> runs,
      Measured test,
      Optional<Measured> sparseness) {}

  /**
   * The curves in the order of Table 1, of networks that were trained with several values.
   *
   * @param sparseness of the evidence, by run
   */
  static List<AccuracyCurve> all(
      Varied over,
      List<MeasuredRun> runs,
      Map<Long, ResultRow> sparseness,
      Published published,
      Networks networks) {
    Map<Configuration.Key, List<MeasuredRun>> byCurve = new LinkedHashMap<>();
    Configuration.group(runs, published).stream()
        .flatMap(configuration -> configuration.runs().stream())
        .forEach(
            run ->
                byCurve
                    .computeIfAbsent(
                        Configuration.Key.of(run).without(over.parameter()),
                        any -> new ArrayList<>())
                    .add(run));
    return byCurve.values().stream()
        .map(runsOfCurve -> of(over, runsOfCurve, sparseness, networks))
        .filter(curve -> curve.points().size() > 1)
        .toList();
  }

  private static AccuracyCurve of(
      Varied over, List<MeasuredRun> runs, Map<Long, ResultRow> sparseness, Networks networks) {
    SortedMap<Double, List<MeasuredRun>> byValue = new TreeMap<>();
    for (MeasuredRun run : runs) {
      over.of()
          .apply(run)
          .ifPresent(at -> byValue.computeIfAbsent(at, any -> new ArrayList<>()).add(run));
    }
    return new AccuracyCurve(
        ConfiguredNetwork.of(runs.get(0).spec(), networks).without(over.parameter()),
        byValue.entrySet().stream()
            .flatMap(entry -> point(entry.getKey(), entry.getValue(), sparseness))
            .toList());
  }

  /** Runs that learnt equally many images learnt the same, whatever limit did not matter. */
  private static Stream<Point> point(
      double at, List<MeasuredRun> alike, Map<Long, ResultRow> sparseness) {
    Map<Long, MeasuredRun> bySeed = new LinkedHashMap<>();
    alike.stream()
        .sorted(Comparator.comparingLong(MeasuredRun::job))
        .forEach(run -> bySeed.put(run.spec().seed(), run));
    Configuration together = new Configuration(List.copyOf(bySeed.values()));
    Optional<Integer> limit =
        together.runs().stream()
                .anyMatch(run -> run.spec().find(TrainExperiment.TRAIN_IMAGES).isEmpty())
            ? Optional.empty()
            : together.runs().get(0).spec().find(TrainExperiment.TRAIN_IMAGES);
    return together
        .measured(MeasuredSet.TEST)
        .map(test -> new Point(at, limit, together.numbers(), test, measured(together, sparseness)))
        .stream();
  }

  private static Optional<Measured> measured(
      Configuration together, Map<Long, ResultRow> sparseness) {
    List<ResultRow> found =
        together.numbers().stream()
            .filter(sparseness::containsKey)
            .map(run -> Objects.requireNonNull(sparseness.get(run)))
            .toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Measured.ofOther(
                found.stream().map(ResultRow::value).toList(),
                EvidenceExperiment.SPARSENESS.metric().unit(),
                found.stream().map(row -> row.images().orElse(0)).toList()));
  }
}
