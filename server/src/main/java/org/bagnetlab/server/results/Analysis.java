package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.server.json.ExperimentJson.OutputJson;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The numbers that an experiment found about the networks of a data set, over seeds.
 *
 * @param experiment its name
 * @param dataset that the networks were trained on
 * @param datasets with runs
 * @param outputs of the experiment that have numbers, in its order
 */
public record Analysis(
    String experiment, String dataset, List<String> datasets, List<FoundOutput> outputs) {

  /**
   * Numbers of one kind.
   *
   * @param output what they are
   * @param rows by network in the order of Table 1, then by the position on the axes
   */
  record FoundOutput(OutputJson output, List<Row> rows) {}

  /**
   * A number of a network over its seeds.
   *
   * @param runs those that it was found about
   * @param set of images
   * @param at its position, by axis
   * @param value its mean over seeds
   */
  record Row(
      @JsonUnwrapped ConfiguredNetwork network,
      List<Long> runs,
      String set,
      Map<String, JsonNode> at,
      Measured value) {}

  /** Where a number of a run lies. */
  private record Position(String set, JsonNode axes) implements Comparable<Position> {

    static Position of(ResultRow row) {
      return new Position(row.set(), ResultJson.axes(row.axes()));
    }

    @Override
    public int compareTo(Position other) {
      int bySet = set.compareTo(other.set);
      return bySet == 0 ? ByPosition.positions(axes, other.axes) : bySet;
    }

    Map<String, JsonNode> at() {
      Map<String, JsonNode> at = new LinkedHashMap<>();
      axes.properties().forEach(entry -> at.put(entry.getKey(), entry.getValue()));
      return at;
    }
  }

  /** The numbers of an experiment about the runs of a data set. */
  static Analysis of(
      Experiment<?> experiment,
      String dataset,
      Tables tables,
      Published published,
      Networks networks) {
    return of(
        experiment,
        dataset,
        tables.runs().datasets(),
        tables.results().find(ofExperiment(experiment, dataset), Integer.MAX_VALUE, 0),
        Configuration.group(MeasuredRun.all(tables, Optional.of(dataset)), published),
        networks);
  }

  static Analysis of(
      Experiment<?> experiment,
      String dataset,
      List<String> datasets,
      List<FoundResultRow> found,
      List<Configuration> configurations,
      Networks networks) {
    Map<String, List<FoundResultRow>> byOutput =
        found.stream()
            // What is no number, such as a correlation of constants, has no mean.
            .filter(row -> !Double.isNaN(row.result().value()))
            .collect(Collectors.groupingBy(row -> row.result().output()));
    return new Analysis(
        experiment.name(),
        dataset,
        datasets,
        experiment.outputs().stream()
            .filter(Analysis::hasNumbers)
            .flatMap(
                output ->
                    found(
                        output,
                        byOutput.getOrDefault(output.name(), List.of()),
                        configurations,
                        networks)
                        .stream())
            .toList());
  }

  /** The numbers of one output. */
  Analysis only(Output output) {
    return new Analysis(
        experiment,
        dataset,
        datasets,
        outputs.stream().filter(found -> found.output().name().equals(output.name())).toList());
  }

  private static ResultFilter ofExperiment(Experiment<?> experiment, String dataset) {
    return new ResultFilter(
        Optional.of(experiment.name()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(dataset),
        Optional.empty());
  }

  /** Whether values of an output are rows of the table of results. */
  static boolean hasNumbers(Output output) {
    return output.kind() == Output.Kind.SCALAR || output.kind() == Output.Kind.CURVE;
  }

  private static Optional<FoundOutput> found(
      Output output,
      List<FoundResultRow> found,
      List<Configuration> configurations,
      Networks networks) {
    Map<Long, List<ResultRow>> byRun =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    FoundResultRow::run,
                    Collectors.mapping(FoundResultRow::result, Collectors.toList())));
    List<Row> rows =
        configurations.stream()
            .flatMap(group -> rows(output.metric(), group, byRun, networks))
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new FoundOutput(OutputJson.of(output), rows));
  }

  private static Stream<Row> rows(
      Metric metric, Configuration group, Map<Long, List<ResultRow>> byRun, Networks networks) {
    Map<Position, Map<Long, ResultRow>> values = new TreeMap<>();
    for (long run : group.numbers()) {
      // A number that was found again replaces the earlier one.
      byRun.getOrDefault(run, List.of()).stream()
          .sorted(Comparator.comparingLong(ResultRow::job))
          .forEach(
              row ->
                  values
                      .computeIfAbsent(Position.of(row), any -> new LinkedHashMap<>())
                      .put(run, row));
    }
    ConfiguredNetwork network = ConfiguredNetwork.of(group.spec(), networks);
    return values.entrySet().stream()
        .map(
            entry ->
                new Row(
                    network,
                    List.copyOf(entry.getValue().keySet()),
                    entry.getKey().set(),
                    entry.getKey().at(),
                    measured(metric, new ArrayList<>(entry.getValue().values()))));
  }

  private static Measured measured(Metric metric, List<ResultRow> rows) {
    List<Double> values = rows.stream().map(ResultRow::value).toList();
    int images = rows.get(0).images().orElse(0);
    return metric.countsImages() && images > 0
        ? Measured.of(values, images, 0)
        : Measured.ofOther(values, metric.unit(), images);
  }
}
