package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.JobSetting;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.json.ExperimentJson.OutputJson;
import org.bagnetlab.server.results.missing.MissingAnalyses;
import org.bagnetlab.server.results.missing.MissingJob;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.ConfiguredNetwork;
import org.bagnetlab.server.results.run.Counted;
import org.bagnetlab.server.results.run.CountedRuns;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredRuns;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.RunCode;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The results of an experiment on the networks of a data set, over seeds.
 *
 * @param experiment name of the experiment
 * @param dataset the data set the networks were trained on
 * @param datasets the data sets that have runs
 * @param outputs outputs of the experiment that have numbers, in the order of the experiment
 * @param missing the same experiment on the networks that it has not measured
 */
public record Analysis(
    String experiment,
    String dataset,
    List<String> datasets,
    List<FoundOutput> outputs,
    List<MissingJob> missing) {

  /** Parameters that select the network and its images. They are not part of the position. */
  private static final Set<String> ABOUT_NETWORK =
      NetworkParameters.ON_IMAGES.stream()
          .map(Parameter::name)
          .collect(Collectors.toUnmodifiableSet());

  /** The code that measured a number, if other code measured others. */
  private static final Axis MEASURED_BY = Axis.of("measuredBy", "Measured by code");

  /**
   * A job that measured numbers.
   *
   * @param settings its settings, except those that select the network and its images
   * @param code digest of the code that computed it, if runs of different code are kept apart
   */
  record MeasuringJob(List<JobSetting> settings, Optional<RunCode> code) {

    private static final MeasuringJob UNKNOWN = new MeasuringJob(List.of(), Optional.empty());
  }

  /**
   * The numbers of one output.
   *
   * @param output describes the numbers
   * @param parameters parameters of the jobs that are part of the position, because they differ
   *     from the default in some job
   * @param rows the rows, ordered by network as in Table 1, then by position on the axes
   * @param conclusions what the numbers show, in sentences; empty if nothing says how to read them
   */
  record FoundOutput(
      OutputJson output, List<Axis> parameters, List<Row> rows, List<String> conclusions) {}

  /**
   * A result of a network over its seeds.
   *
   * @param configuration number that distinguishes networks of a data set that were trained
   *     differently
   * @param runs the measured runs
   * @param set the set of images
   * @param at the position: values by axis and by parameter
   * @param value the mean over seeds
   */
  record Row(
      int configuration,
      @JsonUnwrapped ConfiguredNetwork network,
      List<Long> runs,
      String set,
      Map<String, JsonNode> at,
      Measured value) {}

  /** The position of a number. */
  private record Position(String set, JsonNode axes) implements Comparable<Position> {

    /**
     * The position of a stored number.
     *
     * @param job its job, with what is part of the position
     */
    static Position of(ResultRow row, MeasuringJob job) {
      ObjectNode at = Json.MAPPER.createObjectNode();
      at.setAll((ObjectNode) ResultJson.axes(row.axes()));
      job.settings()
          .forEach(
              setting ->
                  setting.value().ifPresent(value -> at.set(setting.parameter().name(), value)));
      job.code().ifPresent(code -> at.put(MEASURED_BY.name(), code.words()));
      return new Position(row.set(), at);
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

  /**
   * Reads the results of an experiment on the runs of a data set.
   *
   * @param counted which runs count as results
   */
  public static Analysis of(
      Experiment<?> experiment,
      String dataset,
      Counted counted,
      MeasuredRuns runs,
      Tables tables,
      Catalogue catalogue,
      Published published,
      Networks networks) {
    List<FoundResultRow> found =
        tables.results().find(ofExperiment(experiment, dataset), Integer.MAX_VALUE, 0);
    List<Configuration> configurations =
        Configuration.group(
            CountedRuns.of(tables, runs, counted, Optional.of(dataset)).runs(), published);
    return of(
            experiment,
            dataset,
            tables.runs().datasets(),
            found,
            jobs(
                settings(experiment, tables.jobs().succeeded(experiment.name()), catalogue),
                tables.jobs().codes(experiment.name()),
                runs.pooling()),
            configurations,
            networks)
        .lacking(
            MissingAnalyses.of(
                experiment,
                configurations,
                found.stream().map(FoundResultRow::run).collect(Collectors.toSet()),
                catalogue));
  }

  private Analysis lacking(List<MissingJob> jobs) {
    return new Analysis(experiment, dataset, datasets, outputs, jobs);
  }

  /**
   * The settings of an experiment's jobs by job, except those that select the network and its
   * images.
   *
   * @param specs specifications of the jobs as JSON
   */
  static Map<Long, List<JobSetting>> settings(
      Experiment<?> experiment, Map<Long, String> specs, Catalogue catalogue) {
    Map<Long, List<JobSetting>> settings = new HashMap<>();
    specs.forEach(
        (job, spec) ->
            settings.put(
                job,
                JobSetting.of(experiment.parameters(), StoredSpec.read(spec).settings(), catalogue)
                    .stream()
                    .filter(setting -> !ABOUT_NETWORK.contains(setting.parameter().name()))
                    .toList()));
    return settings;
  }

  /**
   * The jobs of an experiment.
   *
   * @param settings settings of each job
   * @param codes digests of the code that computed them, if known
   */
  static Map<Long, MeasuringJob> jobs(
      Map<Long, List<JobSetting>> settings, Map<Long, String> codes, Pooling pooling) {
    Map<Long, MeasuringJob> jobs = new HashMap<>();
    settings.forEach(
        (job, its) ->
            jobs.put(
                job,
                new MeasuringJob(
                    its,
                    pooling == Pooling.BY_CODE
                        ? Optional.of(RunCode.only(Optional.ofNullable(codes.get(job))))
                        : Optional.empty())));
    return jobs;
  }

  /**
   * Computes the results of an experiment.
   *
   * @param found all results of its jobs
   * @param jobs these jobs
   */
  static Analysis of(
      Experiment<?> experiment,
      String dataset,
      List<String> datasets,
      List<FoundResultRow> found,
      Map<Long, MeasuringJob> jobs,
      List<Configuration> configurations,
      Networks networks) {
    Map<String, List<FoundResultRow>> byOutput =
        found.stream()
            // NaN, such as the correlation of constants, is left out since it has no mean.
            .filter(row -> !Double.isNaN(row.result().value()))
            .collect(Collectors.groupingBy(row -> row.result().output()));
    Map<Output, FoundOutput> outputs = new LinkedHashMap<>();
    experiment.outputs().stream()
        .filter(Analysis::hasNumbers)
        .forEach(
            output ->
                found(
                        output,
                        byOutput.getOrDefault(output.name(), List.of()),
                        jobs,
                        configurations,
                        networks)
                    .ifPresent(each -> outputs.put(output, each)));
    return new Analysis(
        experiment.name(),
        dataset,
        datasets,
        outputs.entrySet().stream()
            .map(entry -> concluded(entry.getKey(), entry.getValue(), outputs))
            .toList(),
        List.of());
  }

  private static FoundOutput concluded(
      Output output, FoundOutput found, Map<Output, FoundOutput> all) {
    return new FoundOutput(
        found.output(),
        found.parameters(),
        found.rows(),
        Conclusions.of(
            output,
            found.parameters(),
            found.rows(),
            other -> Optional.ofNullable(all.get(other)).map(FoundOutput::rows).orElse(List.of())));
  }

  /** The numbers of one output. */
  public Analysis only(Output output) {
    return new Analysis(
        experiment,
        dataset,
        datasets,
        outputs.stream().filter(found -> found.output().name().equals(output.name())).toList(),
        missing);
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

  /** Whether the values of an output are stored in the table of results. */
  public static boolean hasNumbers(Output output) {
    return output.kind() == Output.Kind.SCALAR || output.kind() == Output.Kind.CURVE;
  }

  private static Optional<FoundOutput> found(
      Output output,
      List<FoundResultRow> found,
      Map<Long, MeasuringJob> jobs,
      List<Configuration> configurations,
      Networks networks) {
    Map<Long, MeasuringJob> deciding = deciding(output, found, jobs);
    Map<Long, List<ResultRow>> byRun =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    FoundResultRow::run,
                    Collectors.mapping(FoundResultRow::result, Collectors.toList())));
    List<Row> rows =
        IntStream.range(0, configurations.size())
            .boxed()
            .flatMap(
                number ->
                    rows(
                        output.metric(),
                        number,
                        configurations.get(number),
                        byRun,
                        deciding,
                        networks))
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FoundOutput(
                OutputJson.of(output),
                deciding.values().stream().flatMap(Analysis::axes).distinct().toList(),
                rows,
                List.of()));
  }

  /**
   * The part of each job that is part of the position of an output's numbers. These are the
   * settings of parameters that are not axes, and that differ from the default in some job, and the
   * code if that of some jobs differs.
   */
  private static Map<Long, MeasuringJob> deciding(
      Output output, List<FoundResultRow> found, Map<Long, MeasuringJob> jobs) {
    Map<Long, MeasuringJob> measuring = new TreeMap<>();
    found.forEach(
        row ->
            measuring.put(
                row.result().job(), jobs.getOrDefault(row.result().job(), MeasuringJob.UNKNOWN)));
    Set<String> axes = output.axes().stream().map(Axis::name).collect(Collectors.toSet());
    Set<String> deciding =
        measuring.values().stream()
            .flatMap(job -> job.settings().stream())
            .filter(setting -> !setting.usual())
            .map(setting -> setting.parameter().name())
            .filter(name -> !axes.contains(name))
            .collect(Collectors.toSet());
    boolean ofSameCode = measuring.values().stream().map(MeasuringJob::code).distinct().count() < 2;
    measuring.replaceAll(
        (job, all) ->
            new MeasuringJob(
                all.settings().stream()
                    .filter(setting -> deciding.contains(setting.parameter().name()))
                    .toList(),
                ofSameCode ? Optional.empty() : all.code()));
    return measuring;
  }

  private static Stream<Axis> axes(MeasuringJob job) {
    return Stream.concat(
        job.settings().stream().map(setting -> axis(setting.parameter())),
        job.code().map(code -> MEASURED_BY).stream());
  }

  private static Axis axis(Parameter<?> parameter) {
    return new Axis(parameter.name(), parameter.label(), parameter.unit());
  }

  private static Stream<Row> rows(
      Metric metric,
      int number,
      Configuration group,
      Map<Long, List<ResultRow>> byRun,
      Map<Long, MeasuringJob> deciding,
      Networks networks) {
    Map<Position, Map<Long, ResultRow>> values = new TreeMap<>();
    for (long run : group.numbers()) {
      // A number that was measured again replaces the earlier one.
      byRun.getOrDefault(run, List.of()).stream()
          .sorted(Comparator.comparingLong(ResultRow::job))
          .forEach(
              row ->
                  values
                      .computeIfAbsent(
                          Position.of(row, deciding.getOrDefault(row.job(), MeasuringJob.UNKNOWN)),
                          any -> new LinkedHashMap<>())
                      .put(run, row));
    }
    ConfiguredNetwork network = ConfiguredNetwork.of(group, networks);
    return values.entrySet().stream()
        .map(
            entry ->
                new Row(
                    number,
                    network,
                    List.copyOf(entry.getValue().keySet()),
                    entry.getKey().set(),
                    entry.getKey().at(),
                    measured(metric, new ArrayList<>(entry.getValue().values()))));
  }

  private static Measured measured(Metric metric, List<ResultRow> rows) {
    List<Double> values = rows.stream().map(ResultRow::value).toList();
    List<Integer> images = rows.stream().map(Measured::imagesOf).toList();
    return metric.countsImages() && !images.contains(0)
        ? Measured.of(values, images, 0)
        : Measured.ofOther(values, metric.unit(), images);
  }
}
