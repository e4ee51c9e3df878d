package org.bagnetlab.server.results.accuracy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.FoundNumbers;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.storage.result.ResultRow;

/**
 * How test accuracy depends on a parameter of trainings.
 *
 * @param axis axis over which the curves are drawn
 * @param counts number of curves over each parameter, by the name of the parameter
 * @param datasets the data sets of the curves
 * @param curves one for each network and each way of training it
 */
public record AccuracyOver(
    Axis axis, Map<String, Integer> counts, List<MeasuredOn> datasets, List<Curve> curves) {

  /** The parameters with ordered values, over which accuracy can be drawn as a curve. */
  public static final List<Parameter<?>> PARAMETERS =
      TrainExperiment.DISTINGUISHING.stream()
          .filter(parameter -> parameter.type().isNumber())
          .toList();

  /** The name of the view of accuracy over a parameter. */
  public static String nameOfView(Parameter<?> parameter) {
    return "accuracy-over-" + parameter.name();
  }

  /**
   * The test accuracy of a network over the parameter, with all other settings equal.
   *
   * @param network the network and its training, except for the parameter
   * @param points at least two points, in ascending order of the value
   */
  record Curve(@JsonUnwrapped ConfiguredNetwork network, List<Point> points) {}

  /**
   * The accuracy for one value of the parameter.
   *
   * @param at position on the axis: the value, or the number of training images of all classes if
   *     the parameter limits this number
   * @param value the value; absent if the parameter is not set
   * @param receptiveField receptive field of the network on images of this size; absent if it is
   *     the whole image
   * @param runs the runs, one for each seed, the oldest first
   * @param test test accuracy over the runs
   * @param sparseness sparseness of the evidence, over the runs for which it was measured; absent
   *     if there are none
   * @param settings settings of the trainings
   */
  record Point(
      double at,
      Optional<JsonNode> value,
      Optional<Integer> receptiveField,
      List<Long> runs,
      Measured test,
      Optional<Measured> sparseness,
      @JsonIgnore RowSettings settings) {}

  /**
   * The curves of networks that were trained with several values of the parameter, in the order of
   * Table 1.
   *
   * @param sparseness sparseness of the evidence of runs
   */
  public static AccuracyOver of(
      Parameter<?> parameter,
      List<MeasuredRun> runs,
      FoundNumbers sparseness,
      Function<String, MeasuredOn> measuredOn,
      Published published,
      Networks networks) {
    Map<Configuration.Key, List<MeasuredRun>> measured = measured(runs, published);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Parameter<?> each : PARAMETERS) {
      counts.put(each.name(), (int) alike(each, measured).count());
    }
    List<Curve> curves =
        alike(parameter, measured)
            .map(byValue -> curve(parameter, byValue, sparseness, networks))
            .toList();
    return new AccuracyOver(
        axis(parameter),
        counts,
        ConfiguredNetwork.datasets(curves.stream().map(Curve::network), measuredOn),
        curves);
  }

  /** The runs with a test accuracy, grouped by configuration, in the order of Table 1. */
  private static Map<Configuration.Key, List<MeasuredRun>> measured(
      List<MeasuredRun> runs, Published published) {
    Map<Configuration.Key, List<MeasuredRun>> measured = new LinkedHashMap<>();
    for (Configuration configuration : Configuration.group(runs, published)) {
      List<MeasuredRun> tested =
          configuration.runs().stream()
              .filter(run -> run.measurement(MeasuredSet.TEST).isPresent())
              .toList();
      if (!tested.isEmpty()) {
        measured.put(Configuration.Key.of(tested.get(0)), tested);
      }
    }
    return measured;
  }

  private static Axis axis(Parameter<?> parameter) {
    String label =
        parameter.equals(TrainExperiment.TRAIN_IMAGES) ? "Training images" : parameter.label();
    return new Axis(parameter.name(), label, parameter.unit());
  }

  /**
   * Groups of trainings that differ only in the parameter, each sorted by its value. Groups with a
   * single value are left out.
   */
  private static Stream<SortedMap<Double, List<MeasuredRun>>> alike(
      Parameter<?> parameter, Map<Configuration.Key, List<MeasuredRun>> configurations) {
    Map<Configuration.Key, SortedMap<Double, List<MeasuredRun>>> curves = new LinkedHashMap<>();
    configurations.forEach(
        (key, runs) -> {
          SortedMap<Double, List<MeasuredRun>> curve =
              curves.computeIfAbsent(key.without(parameter), any -> new TreeMap<>());
          for (MeasuredRun run : runs) {
            at(parameter, run)
                .ifPresent(at -> curve.computeIfAbsent(at, any -> new ArrayList<>()).add(run));
          }
        });
    return curves.values().stream().filter(byValue -> byValue.size() > 1);
  }

  /**
   * The position of a run on the axis. For the limit on training images, this is the number of
   * images actually used: there may be no limit per class, or fewer images than it allows.
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
      FoundNumbers sparseness,
      Networks networks) {
    Configuration first = new Configuration(byValue.values().iterator().next());
    return new Curve(
        ConfiguredNetwork.of(first, networks).without(parameter),
        byValue.entrySet().stream()
            .map(entry -> point(parameter, entry.getKey(), entry.getValue(), sparseness, networks))
            .toList());
  }

  /**
   * Combines runs that were trained on the same number of images: these are the same images, even
   * if the limits of the runs differ.
   */
  private static Point point(
      Parameter<?> parameter,
      double at,
      List<MeasuredRun> alike,
      FoundNumbers sparseness,
      Networks networks) {
    Configuration together =
        Configuration.of(
            alike.stream().sorted(Comparator.comparingLong(MeasuredRun::job)).toList());
    TrainSpec typical =
        together.runs().stream()
            .map(MeasuredRun::spec)
            .filter(spec -> spec.find(parameter).isEmpty())
            .findFirst()
            .orElseGet(together::spec);
    return new Point(
        at,
        typical.settings().request(parameter),
        networks.receptiveField(typical.architecture(), typical.imageSize()),
        together.numbers(),
        together.measured(MeasuredSet.TEST).orElseThrow(),
        measured(together, sparseness),
        together.settings(typical));
  }

  /** The sparseness of the evidence of runs on their own test images. */
  private static Optional<Measured> measured(Configuration together, FoundNumbers sparseness) {
    List<ResultRow> found =
        together.runs().stream()
            .flatMap(run -> sparseness.of(run, MeasuredSet.TEST).stream())
            .toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Measured.ofOther(
                found.stream().map(ResultRow::value).toList(),
                EvidenceExperiment.SPARSENESS.metric().unit(),
                found.stream().map(Measured::imagesOf).toList()));
  }
}
