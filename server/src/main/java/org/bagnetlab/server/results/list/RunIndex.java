package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.results.run.WorkTime;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.ListedRunRow;

/**
 * Keeps all runs that have results in memory. The results of a succeeded job do not change, so they
 * are read only once. Without this index, each page of a sorted list of ten thousand runs would
 * require parsing all specifications.
 */
public final class RunIndex {

  /**
   * Maximum number of parameters in an SQL statement. H2 is slow to plan statements with longer
   * lists.
   */
  private static final int RUNS_AT_ONCE = 1000;

  private final Networks networks;
  private final Map<Long, ListedRun> known = new ConcurrentHashMap<>();

  /**
   * Creates an empty index.
   *
   * @param networks provides labels and receptive fields
   */
  public RunIndex(Networks networks) {
    this.networks = networks;
  }

  /** All runs, the newest first. */
  public List<ListedRun> all(Tables tables) {
    List<Long> numbers = tables.runs().listedNumbers();
    Map<Long, ListedRun> found = found(tables, numbers);
    // This may remove an entry that a concurrent call has just read, but the result of that call
    // still contains it.
    known.keySet().retainAll(Set.copyOf(numbers));
    Map<Long, AnnotationRow> annotations =
        tables.annotations().all().stream()
            .collect(Collectors.toMap(AnnotationRow::job, annotation -> annotation));
    Map<Long, List<String>> sweeps = tables.sweeps().ofAllJobs();
    return numbers.stream()
        .sorted(Comparator.reverseOrder())
        .flatMap(number -> Optional.ofNullable(found.get(number)).stream())
        .map(
            run ->
                run.with(
                    sweeps.getOrDefault(run.id(), List.of()),
                    annotations.getOrDefault(run.id(), AnnotationRow.none(run.id()))))
        .toList();
  }

  private Map<Long, ListedRun> found(Tables tables, List<Long> numbers) {
    Map<Long, ListedRun> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long number : numbers) {
      Optional.ofNullable(known.get(number))
          .ifPresentOrElse(run -> found.put(number, run), () -> missing.add(number));
    }
    inParts(missing).forEach(some -> found.putAll(read(tables, some)));
    known.putAll(found);
    return found;
  }

  private static List<List<Long>> inParts(List<Long> numbers) {
    return IntStream.iterate(0, begin -> begin < numbers.size(), begin -> begin + RUNS_AT_ONCE)
        .mapToObj(begin -> numbers.subList(begin, Math.min(numbers.size(), begin + RUNS_AT_ONCE)))
        .toList();
  }

  /** The troubles of the trainings among some jobs, which may still run, by job. */
  public Map<Long, Trouble> troubles(Tables tables, List<Job> jobs) {
    Map<Long, Trouble> troubles = new HashMap<>();
    List<Long> ended = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    for (Job job : jobs) {
      StateFacts facts = StateFacts.of(job.state());
      Optional<Trouble> failed = facts.error().map(JobError::code).flatMap(Trouble::ofError);
      if (failed.isPresent()) {
        troubles.put(job.id(), failed.get());
      } else if (job.spec() instanceof TrainSpec && facts.startedAt().isPresent()) {
        (job.state() instanceof JobState.Succeeded ? ended : others).add(job.id());
      }
    }
    found(tables, ended)
        .forEach((id, run) -> run.trouble().ifPresent(trouble -> troubles.put(id, trouble)));
    for (List<Long> some : inParts(others)) {
      tables
          .runs()
          .lastLosses(some)
          .forEach(
              (id, loss) -> Trouble.ofLoss(loss).ifPresent(trouble -> troubles.put(id, trouble)));
    }
    return troubles;
  }

  private Map<Long, ListedRun> read(Tables tables, List<Long> numbers) {
    Map<Long, ListedRun> runs = new HashMap<>();
    Map<Long, List<ResultRow>> accuracies = new HashMap<>();
    for (ResultRow row : tables.results().ofJobs(numbers, Metric.ACCURACY.name())) {
      accuracies.computeIfAbsent(row.job(), any -> new ArrayList<>()).add(row);
    }
    Map<Long, JobCostRow> costs =
        tables.costs().ofJobs(numbers).stream()
            .collect(Collectors.toMap(JobCostRow::job, cost -> cost));
    for (ListedRunRow row : tables.runs().listed(numbers)) {
      Found found =
          new Found(
              accuracies.getOrDefault(row.job(), List.of()),
              Optional.ofNullable(costs.get(row.job())));
      JobSpec spec = StoredSpec.read(row.spec());
      if (spec instanceof TrainSpec training) {
        runs.put(row.job(), trained(row, training, found));
      } else if (spec instanceof NetworkSpec evaluation
          && evaluation.kind().equals(EvaluateExperiment.NAME)) {
        imported(row, evaluation, found).ifPresent(run -> runs.put(row.job(), run));
      }
    }
    return runs;
  }

  /** What is stored about a run besides its row. */
  private record Found(List<ResultRow> accuracies, Optional<JobCostRow> cost) {

    Found of(String output) {
      return new Found(
          accuracies.stream().filter(result -> result.output().equals(output)).toList(), cost);
    }
  }

  private ListedRun trained(ListedRunRow row, TrainSpec spec, Found found) {
    return listed(
        row,
        RunConfiguration.of(spec),
        Optional.of(spec.dataset()),
        Configuration.weights(spec),
        parameters(spec.settings()),
        found.of(TrainExperiment.ACCURACY.name()));
  }

  /** The run of an evaluation. Empty if the evaluation did not measure an imported network. */
  private Optional<ListedRun> imported(ListedRunRow row, NetworkSpec spec, Found found) {
    return RunConfiguration.of(spec)
        .map(
            network ->
                listed(
                    row,
                    network,
                    spec.dataset(),
                    network.imported(),
                    parameters(network.settings().settings()),
                    found.of(EvaluateExperiment.OTHER_ACCURACY.name())));
  }

  private ListedRun listed(
      ListedRunRow row,
      RunConfiguration network,
      Optional<String> dataset,
      Optional<String> weights,
      Map<String, JsonNode> parameters,
      Found found) {
    List<ResultRow> accuracies = found.accuracies();
    return new ListedRun(
        row.job(),
        row.title(),
        network.imported().isEmpty(),
        network.architecture(),
        networks.label(network.architecture()),
        networks.receptiveField(network.architecture(), network.imageSize()),
        dataset,
        network.settings().regime().orElseThrow(),
        weights,
        row.originLab(),
        parameters,
        accuracy(accuracies, MeasuredSet.VALIDATION),
        accuracy(accuracies, MeasuredSet.TEST),
        accuracy(accuracies, MeasuredSet.SCRAMBLED),
        row.converged(),
        network.imported().isEmpty()
            ? Trouble.of(
                row.lastLoss(),
                row.lastAccuracy(),
                row.splitFacts(),
                measured(accuracies, MeasuredSet.TEST))
            : Optional.empty(),
        WorkTime.seconds(found.cost(), row.startedAt(), Optional.of(row.endedAt())),
        found.cost().map(JobCostRow::deviceSeconds),
        found.cost().flatMap(JobCostRow::peakMemory),
        found.cost().flatMap(JobCostRow::peakDeviceMemory),
        found.cost().flatMap(JobCostRow::joules),
        found.cost().flatMap(JobCostRow::imagesPerSecond),
        row.endedAt(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** The settings of a training that have a value and a column of their own. */
  private static Map<String, JsonNode> parameters(Settings settings) {
    Set<String> columns =
        RunColumn.list().stream()
            .filter(RunColumn::isParameter)
            .map(RunColumn::name)
            .collect(Collectors.toSet());
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      settings
          .request(parameter)
          .filter(value -> columns.contains(parameter.name()))
          .ifPresent(value -> parameters.put(parameter.name(), value));
    }
    return parameters;
  }

  private static Optional<ResultRow> measured(Collection<ResultRow> accuracies, MeasuredSet set) {
    return accuracies.stream().filter(row -> row.set().equals(set.text())).findFirst();
  }

  private static Optional<ListedRun.Accuracy> accuracy(
      Collection<ResultRow> accuracies, MeasuredSet set) {
    return measured(accuracies, set)
        .map(
            row -> {
              Interval interval = Measured.interval(row);
              return new ListedRun.Accuracy(
                  row.value(), interval.low(), interval.high(), Measured.imagesOf(row));
            });
  }
}
