package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.NumberType;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;

/**
 * What a parameter of trainings does to the test accuracy.
 *
 * @param axis over which the curves are drawn
 * @param curves how many curves there are over each parameter, by its name
 * @param datasets those of the curves
 * @param networks a curve for each network and way of training it
 */
public record AccuracyOver(
    Axis axis, Map<String, Integer> curves, List<MeasuredOn> datasets, List<Curve> networks) {

  /** Parameters whose values have an order: accuracy can be a function of them. */
  public static final List<Parameter<?>> PARAMETERS =
      TrainExperiment.DISTINGUISHING.stream()
          .filter(parameter -> parameter.type() instanceof NumberType)
          .toList();

  /** The name of the view over a parameter. */
  public static String nameOfView(Parameter<?> parameter) {
    return "accuracy-over-" + parameter.name();
  }

  /**
   * The test accuracy of a network over the parameter, all else being equal.
   *
   * @param network and its training, but for the parameter
   * @param points from a small value to a large one, at least two
   */
  record Curve(@JsonUnwrapped ConfiguredNetwork network, List<Point> points) {}

  /**
   * A value of the parameter.
   *
   * @param at the value, or of the number of training images, those that were learnt of all classes
   *     together
   * @param value the value, absent where the parameter has none
   * @param runs one for each seed, the oldest first
   * @param test accuracy over the runs
   * @param sparseness of the evidence over the runs for which it was measured; absent: none
   * @param settings of the trainings
   */
  record Point(
      double at,
      Optional<JsonNode> value,
      List<Long> runs,
      Measured test,
      Optional<Measured> sparseness,
      @JsonIgnore RowSettings settings) {}

  /**
   * The curves in the order of Table 1, of networks that were trained with several values.
   *
   * @param sparseness of the evidence, by run
   */
  static AccuracyOver of(
      Parameter<?> parameter,
      List<MeasuredRun> runs,
      Map<Long, ResultRow> sparseness,
      Function<String, MeasuredOn> measuredOn,
      Published published,
      Networks networks) {
    List<Configuration> configurations = Configuration.group(runs, published);
    Map<String, Integer> curves = new LinkedHashMap<>();
    for (Parameter<?> each : PARAMETERS) {
      curves.put(each.name(), (int) alike(each, configurations).count());
    }
    List<Curve> shown =
        alike(parameter, configurations)
            .map(byValue -> curve(parameter, byValue, sparseness, networks))
            .filter(curve -> curve.points().size() > 1)
            .toList();
    return new AccuracyOver(
        axis(parameter),
        curves,
        shown.stream()
            .map(curve -> curve.network().settings().dataset())
            .distinct()
            .map(measuredOn)
            .toList(),
        shown);
  }

  private static Axis axis(Parameter<?> parameter) {
    String label =
        parameter.equals(TrainExperiment.TRAIN_IMAGES) ? "Training images" : parameter.label();
    return new Axis(parameter.name(), label, parameter.unit());
  }

  /** Trainings that differ in the parameter alone and have several values of it, by its values. */
  private static Stream<SortedMap<Double, List<MeasuredRun>>> alike(
      Parameter<?> parameter, List<Configuration> configurations) {
    Map<Configuration.Key, SortedMap<Double, List<MeasuredRun>>> curves = new LinkedHashMap<>();
    for (Configuration configuration : configurations) {
      for (MeasuredRun run : configuration.runs()) {
        at(parameter, run)
            .ifPresent(
                at ->
                    curves
                        .computeIfAbsent(
                            Configuration.Key.of(run).without(parameter), any -> new TreeMap<>())
                        .computeIfAbsent(at, any -> new ArrayList<>())
                        .add(run));
      }
    }
    return curves.values().stream().filter(byValue -> byValue.size() > 1);
  }

  /**
   * Where a run lies. Of the number of training images, its limit for each class says little: there
   * may be none, or fewer images than it allows.
   */
  private static OptionalDouble at(Parameter<?> parameter, MeasuredRun run) {
    if (parameter.equals(TrainExperiment.TRAIN_IMAGES)) {
      return run.learntImages().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
    return run.spec().settings().request(parameter).stream()
        .mapToDouble(JsonNode::doubleValue)
        .findFirst();
  }

  private static Curve curve(
      Parameter<?> parameter,
      SortedMap<Double, List<MeasuredRun>> byValue,
      Map<Long, ResultRow> sparseness,
      Networks networks) {
    MeasuredRun first = byValue.values().iterator().next().get(0);
    return new Curve(
        ConfiguredNetwork.of(first.spec(), networks).without(parameter),
        byValue.entrySet().stream()
            .flatMap(entry -> point(parameter, entry.getKey(), entry.getValue(), sparseness))
            .toList());
  }

  /** Runs that learnt equally many images learnt the same, whatever limit did not matter. */
  private static Stream<Point> point(
      Parameter<?> parameter, double at, List<MeasuredRun> alike, Map<Long, ResultRow> sparseness) {
    Map<Long, MeasuredRun> bySeed = new LinkedHashMap<>();
    alike.stream()
        .sorted(Comparator.comparingLong(MeasuredRun::job))
        .forEach(run -> bySeed.put(run.spec().seed(), run));
    Configuration together = new Configuration(List.copyOf(bySeed.values()));
    MeasuredRun typical =
        together.runs().stream()
            .filter(run -> run.spec().find(parameter).isEmpty())
            .findFirst()
            .orElse(together.runs().get(0));
    return together
        .measured(MeasuredSet.TEST)
        .map(
            test ->
                new Point(
                    at,
                    typical.spec().settings().request(parameter),
                    together.numbers(),
                    test,
                    measured(together, sparseness),
                    RowSettings.of(typical.spec())))
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
