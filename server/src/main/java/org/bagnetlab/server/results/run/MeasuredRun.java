package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;

/**
 * A successful training, with all accuracies of its network.
 *
 * @param spec how it was trained
 * @param row its stored row
 * @param accuracies its own, and what later jobs measured of it
 */
public record MeasuredRun(TrainSpec spec, MeasuredRunRow row, List<ResultRow> accuracies) {

  /**
   * The runs on a data set, or on any, the oldest first, those with trouble among them. Accuracies
   * of other outputs are of images that an experiment changed in its own way, and no measure of the
   * network alone.
   */
  public static List<MeasuredRun> all(Tables tables, Optional<String> dataset) {
    return all(
        tables.runs().succeededTrainings(dataset),
        tables.results().ofRuns(TrainExperiment.ACCURACY.name(), Metric.ACCURACY.name()));
  }

  /** The same without those in trouble. */
  public static List<MeasuredRun> sound(Tables tables, Optional<String> dataset) {
    return all(tables, dataset).stream().filter(run -> run.trouble().isEmpty()).toList();
  }

  /**
   * The runs that a view is about.
   *
   * @param troubled whether those in trouble are among them
   */
  public static List<MeasuredRun> of(Tables tables, boolean troubled, Optional<String> dataset) {
    return troubled ? all(tables, dataset) : sound(tables, dataset);
  }

  /** Why it is no result; empty for most. */
  public Optional<Trouble> trouble() {
    return Trouble.of(
        row.lastLoss(), row.lastAccuracy(), row.splitFacts(), measurement(MeasuredSet.TEST));
  }

  static List<MeasuredRun> all(List<MeasuredRunRow> runs, List<RunResultRow> accuracies) {
    Map<Long, List<ResultRow>> byRun =
        accuracies.stream()
            .collect(
                Collectors.groupingBy(
                    RunResultRow::run,
                    Collectors.mapping(RunResultRow::result, Collectors.toList())));
    return runs.stream()
        .flatMap(
            run ->
                StoredSpec.training(run.spec())
                    .map(
                        spec ->
                            new MeasuredRun(spec, run, byRun.getOrDefault(run.job(), List.of())))
                    .stream())
        .toList();
  }

  /** Whether its last epoch was known to be better than all before it: more might be better. */
  public boolean improvedToTheEnd() {
    return row.converged().equals(Optional.of(false));
  }

  /** The number of its job. */
  public long job() {
    return row.job();
  }

  /** The accuracy on a set of images that the training itself measured. */
  public Optional<ResultRow> measurement(MeasuredSet set) {
    return accuracies(set).stream().filter(result -> result.job() == job()).findFirst();
  }

  /** All accuracies on a set of images, the training's own and those of later jobs. */
  public List<ResultRow> accuracies(MeasuredSet set) {
    return accuracies.stream().filter(result -> result.set().equals(set.text())).toList();
  }

  /** Distinguishes its images from others with the same name. */
  public Optional<String> datasetChecksum() {
    return row.splitFacts().flatMap(Facts::datasetChecksum);
  }

  /** How many images it learnt, if its worker reported it. */
  public Optional<Integer> learntImages() {
    return row.splitFacts().map(facts -> Facts.of(facts).get("train")).map(Integer::valueOf);
  }
}
