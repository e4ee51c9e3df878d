package org.bagnetlab.server.results.run;

import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.result.RunResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the trainings that succeeded in memory, as long as there is enough. After a change, only
 * the runs of the changed jobs are read again. Any thread may use it, in transactions that change
 * nothing.
 */
public final class MeasuredRuns {

  private final Pooling pooling;
  private volatile SoftReference<@Nullable Known> known = new SoftReference<>(null);

  /** Keeps none yet. */
  public MeasuredRuns(Pooling pooling) {
    this.pooling = pooling;
  }

  /** Whether runs of different code are averaged. */
  public Pooling pooling() {
    return pooling;
  }

  /**
   * The runs on a data set, or on any data set, the oldest first, including those with a {@link
   * Trouble}. Trainings that run another one again are left out: they check its results, and must
   * not replace it in tables. Accuracies from other outputs are left out, too: they were measured
   * on images that an experiment changed, so they do not depend on the network alone.
   */
  public List<MeasuredRun> all(Tables tables, Optional<String> dataset) {
    Known now = known(tables);
    return coded(
        now.select(
            run ->
                !now.repeats(run)
                    && (dataset.isEmpty() || run.spec().dataset().equals(dataset.get()))),
        pooling);
  }

  /** The same, without those with a {@link Trouble}. */
  public List<MeasuredRun> sound(Tables tables, Optional<String> dataset) {
    return all(tables, dataset).stream().filter(run -> run.trouble().isEmpty()).toList();
  }

  /** All runs, the oldest first, and these even if they run another one again. */
  public List<MeasuredRun> including(Tables tables, Collection<Long> runs) {
    Known now = known(tables);
    Set<Long> also = Set.copyOf(runs);
    return coded(now.select(run -> !now.repeats(run) || also.contains(run.job())), pooling);
  }

  private Known known(Tables tables) {
    return current(tables).orElseGet(() -> updated(tables));
  }

  private Optional<Known> current(Tables tables) {
    return Optional.ofNullable(known.get()).filter(each -> each.revision() >= tables.revision());
  }

  /** Reads what changed. Only one thread does, as others would read the same. */
  private synchronized Known updated(Tables tables) {
    Known now =
        current(tables)
            .or(
                () ->
                    Optional.ofNullable(known.get())
                        .flatMap(
                            before ->
                                tables
                                    .changedSince(before.revision())
                                    .map(changed -> before.after(tables, changed))))
            .orElseGet(() -> Known.readIn(tables));
    known = new SoftReference<>(now);
    return now;
  }

  /**
   * All runs at a revision of the database.
   *
   * @param runs the runs by job
   */
  private record Known(long revision, NavigableMap<Long, MeasuredRun> runs) {

    private static final String OUTPUT = TrainExperiment.ACCURACY.name();
    private static final String METRIC = Metric.ACCURACY.name();

    static Known readIn(Tables tables) {
      return of(
          tables.revision(),
          new TreeMap<>(),
          tables.runs().allSucceeded(),
          tables.results().ofRuns(OUTPUT, METRIC));
    }

    private static Known of(
        long revision,
        NavigableMap<Long, MeasuredRun> runs,
        List<MeasuredRunRow> rows,
        List<RunResultRow> accuracies) {
      MeasuredRuns.of(rows, accuracies).forEach(run -> runs.put(run.job(), run));
      return new Known(revision, runs);
    }

    /** The runs after changes of some jobs that succeeded, which may be deleted by now. */
    Known after(Tables tables, Set<Long> changed) {
      Set<Long> again = new HashSet<>(changed);
      again.addAll(tables.jobs().subjects(changed));
      for (MeasuredRun run : runs.values()) {
        if (run.spec().subject().filter(changed::contains).isPresent()
            || run.accuracies().stream().anyMatch(result -> changed.contains(result.job()))) {
          again.add(run.job());
        }
      }
      NavigableMap<Long, MeasuredRun> others = new TreeMap<>(runs);
      again.forEach(others::remove);
      return of(
          tables.revision(),
          others,
          tables.runs().succeededAmong(again),
          tables.results().ofRuns(OUTPUT, METRIC, again));
    }

    /** Whether a run runs another one again that still exists. */
    boolean repeats(MeasuredRun run) {
      return run.row().reproduces().filter(runs::containsKey).isPresent();
    }

    List<MeasuredRun> select(Predicate<MeasuredRun> condition) {
      return runs.values().stream().filter(condition).toList();
    }
  }

  /** The runs of trainings whose format this version knows, as if the same code computed all. */
  static List<MeasuredRun> of(List<MeasuredRunRow> rows, List<RunResultRow> accuracies) {
    Map<Long, List<ResultRow>> byRun =
        accuracies.stream()
            .collect(
                Collectors.groupingBy(
                    RunResultRow::run,
                    Collectors.mapping(RunResultRow::result, Collectors.toList())));
    return rows.stream()
        .flatMap(
            row ->
                StoredSpec.training(row.spec())
                    .map(
                        spec ->
                            new MeasuredRun(
                                spec,
                                row,
                                byRun.getOrDefault(row.job(), List.of()),
                                RunCode.only(RunCode.digests(row))))
                    .stream())
        .toList();
  }

  /** The runs of a view, distinguished by their code if that differs. */
  static List<MeasuredRun> coded(List<MeasuredRun> runs, Pooling pooling) {
    List<RunCode> codes =
        RunCode.of(runs.stream().map(run -> run.code().digests()).toList(), pooling);
    return IntStream.range(0, runs.size())
        .mapToObj(
            place -> {
              MeasuredRun run = runs.get(place);
              RunCode code = codes.get(place);
              return code.equals(run.code()) ? run : run.with(code);
            })
        .toList();
  }
}
