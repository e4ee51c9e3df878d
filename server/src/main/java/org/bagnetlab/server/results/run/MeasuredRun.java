package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param row its row in the database
 * @param accuracies accuracies measured by itself and by later jobs
 * @param code the code that computed it
 */
public record MeasuredRun(
    TrainSpec spec, MeasuredRunRow row, List<ResultRow> accuracies, RunCode code) {

  /**
   * The runs on a data set, or on any data set, the oldest first, including those with a {@link
   * Trouble}. Accuracies from other outputs are left out: they were measured on images that an
   * experiment changed, so they do not depend on the network alone.
   */
  public static List<MeasuredRun> all(Tables tables, Pooling pooling, Optional<String> dataset) {
    return all(tables, pooling, tables.runs().succeededTrainings(dataset));
  }

  /**
   * All runs, the oldest first, and these even if they run another one again to check its results.
   */
  public static List<MeasuredRun> including(Tables tables, Pooling pooling, List<Long> runs) {
    return all(tables, pooling, tables.runs().succeededTrainings(Optional.empty(), runs));
  }

  private static List<MeasuredRun> all(
      Tables tables, Pooling pooling, List<MeasuredRunRow> trainings) {
    return all(
        trainings,
        tables.results().ofRuns(TrainExperiment.ACCURACY.name(), Metric.ACCURACY.name()),
        pooling);
  }

  /** The runs on a data set, or on any data set, without those with a {@link Trouble}. */
  public static List<MeasuredRun> sound(Tables tables, Pooling pooling, Optional<String> dataset) {
    return all(tables, pooling, dataset).stream().filter(run -> run.trouble().isEmpty()).toList();
  }

  /** Why it does not count as a result; empty for most runs. */
  public Optional<Trouble> trouble() {
    return Trouble.of(
        row.lastLoss(), row.lastAccuracy(), row.splitFacts(), measurement(MeasuredSet.TEST));
  }

  static List<MeasuredRun> all(
      List<MeasuredRunRow> runs, List<RunResultRow> accuracies, Pooling pooling) {
    List<RunCode> codes = RunCode.of(runs.stream().map(RunCode::digests).toList(), pooling);
    Map<Long, List<ResultRow>> byRun =
        accuracies.stream()
            .collect(
                Collectors.groupingBy(
                    RunResultRow::run,
                    Collectors.mapping(RunResultRow::result, Collectors.toList())));
    return IntStream.range(0, runs.size())
        .boxed()
        .flatMap(
            place -> {
              MeasuredRunRow run = runs.get(place);
              return StoredSpec.training(run.spec())
                  .map(
                      spec ->
                          new MeasuredRun(
                              spec,
                              run,
                              byRun.getOrDefault(run.job(), List.of()),
                              codes.get(place)))
                  .stream();
            })
        .toList();
  }

  /**
   * Whether its last epoch is known to be better than all before, so that training for more epochs
   * might help.
   */
  public boolean improvedToTheEnd() {
    return row.converged().equals(Optional.of(false));
  }

  /** The id of its job. */
  public long job() {
    return row.job();
  }

  /** The accuracy that the training itself measured on a set of images. */
  public Optional<ResultRow> measurement(MeasuredSet set) {
    return accuracies(set).stream().filter(result -> result.job() == job()).findFirst();
  }

  /** All accuracies on a set of images, measured by the training and by later jobs. */
  public List<ResultRow> accuracies(MeasuredSet set) {
    return accuracies.stream().filter(result -> result.set().equals(set.text())).toList();
  }

  /** Checksum that distinguishes its data set from others with the same name. */
  public Optional<String> datasetChecksum() {
    return row.splitFacts().flatMap(Facts::datasetChecksum);
  }

  /** The number of training images, if its worker reported it. */
  public Optional<Integer> learntImages() {
    return row.splitFacts().map(facts -> Facts.of(facts).get("train")).map(Integer::valueOf);
  }
}
