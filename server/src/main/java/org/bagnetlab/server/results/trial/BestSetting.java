package org.bagnetlab.server.results.trial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;

/**
 * How sure the best trial of a sweep is: what its setting reached over the seeds that the sweep
 * trained it with, and what the best of the other settings did.
 *
 * @param trials number of trials that finished on the data set
 * @param best the setting of the best trial
 * @param next of the other settings the one with the highest mean; absent if there is none
 */
public record BestSetting(String dataset, int trials, Reached best, Optional<Reached> next) {

  /**
   * What a setting reached on the validation images.
   *
   * @param job its best trial
   * @param validation over its seeds
   */
  public record Reached(long job, Measured validation) {}

  /**
   * The best settings, one for each data set.
   *
   * @param finished the trials that finished with an accuracy
   * @param specs their specifications, by job
   */
  static List<BestSetting> of(
      Tables tables, List<SweepTrial> finished, Map<Long, TrainSpec> specs) {
    Map<String, Map<Settings, List<SweepTrial>>> byDataset = new LinkedHashMap<>();
    for (SweepTrial trial : finished) {
      Optional.ofNullable(specs.get(trial.job()))
          .ifPresent(
              spec ->
                  byDataset
                      .computeIfAbsent(trial.dataset(), any -> new LinkedHashMap<>())
                      .computeIfAbsent(
                          spec.ofAnyStartingRun().settings().identifying(),
                          any -> new ArrayList<>())
                      .add(trial));
    }
    List<BestSetting> found = new ArrayList<>();
    byDataset.forEach(
        (dataset, bySetting) ->
            of(tables, dataset, List.copyOf(bySetting.values())).ifPresent(found::add));
    return found;
  }

  private static Optional<BestSetting> of(
      Tables tables, String dataset, List<List<SweepTrial>> settings) {
    List<SweepTrial> best =
        settings.stream().max(Comparator.comparingDouble(BestSetting::highest)).orElseThrow();
    Optional<Reached> next =
        settings.stream()
            .filter(each -> !each.equals(best))
            .max(Comparator.comparingDouble(BestSetting::mean))
            .flatMap(each -> reached(tables, each));
    return reached(tables, best)
        .map(
            reached ->
                new BestSetting(
                    dataset, settings.stream().mapToInt(List::size).sum(), reached, next));
  }

  private static Optional<Reached> reached(Tables tables, List<SweepTrial> seeds) {
    List<Long> jobs = seeds.stream().map(SweepTrial::job).toList();
    List<ResultRow> measured =
        tables.results().ofJobs(jobs, Metric.ACCURACY.name()).stream()
            .filter(row -> row.output().equals(TrainExperiment.ACCURACY.name()))
            .filter(row -> row.set().equals(MeasuredSet.VALIDATION.text()))
            .toList();
    long job =
        seeds.stream().max(Comparator.comparingDouble(SweepTrials::accuracy)).orElseThrow().job();
    return Measured.of(measured, 0).map(validation -> new Reached(job, validation));
  }

  private static double highest(List<SweepTrial> seeds) {
    return seeds.stream().mapToDouble(SweepTrials::accuracy).max().orElse(0);
  }

  private static double mean(List<SweepTrial> seeds) {
    return seeds.stream().collect(Collectors.averagingDouble(SweepTrials::accuracy));
  }
}
