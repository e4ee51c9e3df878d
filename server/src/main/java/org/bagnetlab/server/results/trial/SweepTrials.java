package org.bagnetlab.server.results.trial;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.store.StoredOutcomes;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.SweepTrainingRow;
import org.bagnetlab.storage.sweep.WorkRow;

/**
 * The trials of a sweep.
 *
 * @param startedAt when the first of them started; absent before
 * @param afterEpochs the epochs after which trials are compared, which is the first rung of a
 *     successive halving; absent if each counts with the epoch that it kept
 * @param settings the settings in which they differ
 * @param trials in the order of submission
 * @param best the jobs of those that finished with the highest accuracy on their data set; equal
 *     ones are all the best
 * @param bestSettings how sure the best is, on each data set where a trial finished
 * @param curves of a successive halving, learning curves of the trials that got furthest; otherwise
 *     none
 */
public record SweepTrials(
    Optional<Instant> startedAt,
    Optional<Integer> afterEpochs,
    List<TrialSetting> settings,
    List<SweepTrial> trials,
    List<Long> best,
    List<BestSetting> bestSettings,
    List<Curve> curves) {

  /** Maximum number of learning curves: more cannot be told apart, and take long to draw. */
  private static final int MOST_CURVES = 200;

  /** The accuracies of a trial on the validation images after each of its epochs. */
  public record Curve(long job, List<Double> accuracies) {}

  /**
   * The trials of a sweep. Fails with {@link org.bagnetlab.queue.job.RequestRefused}.
   *
   * @param jobs the jobs of the sweep
   * @param troubles the troubles of its trainings, by job
   */
  public static SweepTrials of(
      Tables tables,
      String sweep,
      List<Job> jobs,
      Map<Long, Trouble> troubles,
      Catalogue catalogue,
      Networks networks) {
    SweepOutcomes outcomes = StoredOutcomes.of(tables, sweep);
    Map<Long, Double> compared =
        outcomes.trainings().stream()
            .filter(outcome -> !troubles.containsKey(outcome.job()))
            .collect(Collectors.toMap(SweepOutcomes.Outcome::job, SweepOutcomes.Outcome::accuracy));
    Reader reader =
        new Reader(
            TrialSetting.differing(jobs.stream().flatMap(job -> training(job).stream()).toList()),
            byJob(tables.sweeps().trainings(sweep), SweepTrainingRow::job),
            byJob(tables.sweeps().work(sweep), WorkRow::job),
            compared,
            troubles,
            networks);
    List<SweepTrial> trials = jobs.stream().flatMap(job -> reader.trial(job).stream()).toList();
    return new SweepTrials(
        Stream.concat(
                reader.work().values().stream().map(WorkRow::since),
                jobs.stream().flatMap(job -> StateFacts.of(job.state()).startedAt().stream()))
            .min(Comparator.naturalOrder()),
        outcomes.afterEpochs(),
        reader.parameters().stream()
            .map(parameter -> TrialSetting.of(parameter, catalogue))
            .toList(),
        trials,
        best(trials),
        BestSetting.of(
            tables,
            finished(trials),
            jobs.stream()
                .filter(job -> job.spec() instanceof TrainSpec)
                .collect(Collectors.toMap(Job::id, job -> training(job).orElseThrow()))),
        outcomes.afterEpochs().isPresent() ? curves(tables, trials) : List.of());
  }

  private static Optional<TrainSpec> training(Job job) {
    return job.spec() instanceof TrainSpec training ? Optional.of(training) : Optional.empty();
  }

  private static <T> Map<Long, T> byJob(List<T> rows, Function<T, Long> job) {
    return rows.stream().collect(Collectors.toMap(job, row -> row));
  }

  /** What is stored about the trials, by job. */
  private record Reader(
      List<Parameter<?>> parameters,
      Map<Long, SweepTrainingRow> reached,
      Map<Long, WorkRow> work,
      Map<Long, Double> compared,
      Map<Long, Trouble> troubles,
      Networks networks) {

    Optional<SweepTrial> trial(Job job) {
      return training(job)
          .flatMap(
              spec -> Optional.ofNullable(reached.get(job.id())).map(row -> trial(job, spec, row)));
    }

    private SweepTrial trial(Job job, TrainSpec spec, SweepTrainingRow row) {
      Optional<WorkRow> worked = Optional.ofNullable(work.get(job.id()));
      return new SweepTrial(
          job.id(),
          new SweepTrial.Subject(
              spec.dataset(), spec.architecture(), networks.label(spec.architecture())),
          Outcome.of(job, Optional.ofNullable(troubles.get(job.id()))),
          TrialSetting.values(spec, parameters),
          new SweepTrial.Reached(
              spec.get(OptimisationParameters.KEEP).of(row.best(), row.last()),
              Optional.ofNullable(compared.get(job.id())),
              row.epochs().orElse(0)),
          new SweepTrial.Work(
              worked.map(WorkRow::seconds).orElse(0.0), worked.map(WorkRow::until)));
    }
  }

  private static List<SweepTrial> finished(List<SweepTrial> trials) {
    return trials.stream()
        .filter(trial -> trial.outcome() == Outcome.FINISHED && trial.accuracy().isPresent())
        .toList();
  }

  private static List<Long> best(List<SweepTrial> trials) {
    Map<String, List<SweepTrial>> finished =
        finished(trials).stream().collect(Collectors.groupingBy(SweepTrial::dataset));
    return finished.values().stream()
        .flatMap(
            comparable -> {
              double highest =
                  comparable.stream().mapToDouble(SweepTrials::accuracy).max().orElseThrow();
              return comparable.stream().filter(trial -> accuracy(trial) == highest);
            })
        .map(SweepTrial::job)
        .sorted()
        .toList();
  }

  static double accuracy(SweepTrial trial) {
    return trial.accuracy().orElse(0.0);
  }

  private static List<Curve> curves(Tables tables, List<SweepTrial> trials) {
    return trials.stream()
        .filter(trial -> trial.epochs() > 0)
        .sorted(
            Comparator.comparingInt(SweepTrial::epochs)
                .thenComparingDouble(SweepTrials::accuracy)
                .reversed())
        .limit(MOST_CURVES)
        .map(
            trial ->
                new Curve(
                    trial.job(),
                    tables.runs().epochs(trial.job()).stream()
                        .map(EpochRow::validationAccuracy)
                        .toList()))
        .toList();
  }
}
