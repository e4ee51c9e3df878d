package org.bagnetlab.server.results.digest;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Resumed;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.failure.FailedJobs;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.cost.UsedRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;

/**
 * What a lab did in a period.
 *
 * @param since begin of the period
 * @param until its end
 * @param finished number of jobs that succeeded in it
 * @param learntNothing number of trainings among them that learnt nothing
 * @param cancelled number of jobs that were cancelled in it
 * @param pruned number of trials that their searches ended in it, because others were better
 * @param failed why jobs failed in it, the most frequent cause first
 * @param resumed jobs that went on in it after an interruption
 * @param sweeps the sweeps that ended in it; none in the digest of a sweep
 * @param best the best runs that ended in it, next to the best before
 * @param deviceSeconds time for which jobs occupied devices in it
 * @param joules energy of the devices in this time, as far as known
 * @param meteredSeconds the part of the device time whose energy is known
 * @param open number of jobs that run now, or will run without a request from a user
 * @param held number of jobs that are queued, but held with their sweep
 * @param heldSweeps the sweeps that they belong to
 */
public record Digest(
    Instant since,
    Instant until,
    int finished,
    int learntNothing,
    int cancelled,
    int pruned,
    List<Failed> failed,
    List<ResumedJob> resumed,
    List<EndedSweep> sweeps,
    List<BestRun> best,
    double deviceSeconds,
    Optional<Double> joules,
    double meteredSeconds,
    int open,
    int held,
    List<HeldSweep> heldSweeps) {

  /**
   * A sweep whose queued jobs are held.
   *
   * @param sweep its name
   * @param jobs number of its queued jobs
   * @param why why it is held, such as {@code held by user}
   */
  public record HeldSweep(String sweep, long jobs, String why) {

    static Optional<HeldSweep> of(SweepRow sweep, Map<String, Long> counts) {
      long queued = counts.getOrDefault(JobState.Name.QUEUED.name(), 0L);
      return sweep.held() && queued > 0
          ? Optional.of(
              new HeldSweep(
                  sweep.name(),
                  queued,
                  sweep.hold().map(hold -> Causes.of(hold).text()).orElse("held")))
          : Optional.empty();
    }
  }

  /**
   * Jobs that failed for one cause.
   *
   * @param cause the cause, on one line, without numbers in which the jobs differ
   * @param jobs number of jobs
   */
  public record Failed(String cause, int jobs) {}

  /**
   * A job that went on by itself after an interruption.
   *
   * @param how from where, and why it was interrupted, such as {@code resumed from epoch 7 of 30
   *     (the server was stopped)}
   */
  public record ResumedJob(long job, String title, String how) {}

  /**
   * Summarises a period.
   *
   * @param runs all runs of the lab
   */
  public static Digest of(Tables tables, List<ListedRun> runs, Instant since, Instant until) {
    List<JobRow> ended = tables.jobs().ended(since, until);
    UsedRow used = tables.costs().used(since, until);
    Predicate<ListedRun> isNew =
        run -> !run.endedAt().isBefore(since) && run.endedAt().isBefore(until);
    return new Digest(
        since,
        until,
        count(ended, JobState.Name.SUCCEEDED),
        learntNothing(runs, isNew),
        count(ended, JobState.Name.CANCELLED) - pruned(ended),
        pruned(ended),
        failed(ended.stream().filter(row -> is(row, JobState.Name.FAILED)).toList()),
        resumed(tables, Stream.concat(ended.stream(), working(tables)).toList(), since, until),
        EndedSweep.in(tables, since, until),
        BestRun.of(runs, isNew, since),
        used.deviceSeconds(),
        used.joules(),
        used.metered(),
        open(tables.jobs().counts()) - tables.jobs().held(),
        tables.jobs().held(),
        heldSweeps(tables));
  }

  /**
   * Summarises a sweep. The period is that from its submission to its end, or until now, and the
   * best before are runs that ended before it.
   *
   * @param runs all runs of the lab
   */
  public static Digest ofSweep(Tables tables, List<ListedRun> runs, SweepRow sweep, Instant now) {
    List<JobRow> jobs = tables.jobs().ofSweep(sweep.name());
    List<JobCostRow> costs = tables.costs().ofSweep(sweep.name());
    CostSumJson used = CostSumJson.of(costs);
    int held =
        (int)
            jobs.stream()
                .filter(row -> is(row, JobState.Name.QUEUED) && row.order().held())
                .count();
    return new Digest(
        sweep.createdAt(),
        sweep.endedAt().orElse(now),
        count(jobs, JobState.Name.SUCCEEDED),
        learntNothing(runs, run -> run.sweeps().contains(sweep.name())),
        count(jobs, JobState.Name.CANCELLED) - pruned(jobs),
        pruned(jobs),
        failed(jobs.reversed().stream().filter(row -> is(row, JobState.Name.FAILED)).toList()),
        resumed(tables, jobs, sweep.createdAt(), now),
        List.of(),
        BestRun.of(runs, run -> run.sweeps().contains(sweep.name()), sweep.createdAt()),
        used.deviceSeconds(),
        used.joules(),
        costs.stream()
            .filter(cost -> cost.joules().isPresent())
            .mapToDouble(JobCostRow::deviceSeconds)
            .sum(),
        open(SweepRows.counts(tables, sweep.name())) - held,
        held,
        HeldSweep.of(sweep, SweepRows.counts(tables, sweep.name())).stream().toList());
  }

  private static Stream<JobRow> working(Tables tables) {
    return Stream.of(JobState.Name.RUNNING, JobState.Name.PAUSING)
        .flatMap(state -> tables.jobs().oldest(state.name(), Integer.MAX_VALUE).stream());
  }

  /** Those of these jobs that went on in a period after an interruption, by number. */
  private static List<ResumedJob> resumed(
      Tables tables, List<JobRow> rows, Instant since, Instant until) {
    Map<Long, Resumed> resumed = JobRows.resumed(tables, rows.stream().map(JobRow::id).toList());
    return rows.stream()
        .sorted(Comparator.comparing(JobRow::id))
        .flatMap(
            row ->
                Stream.ofNullable(resumed.get(row.id()))
                    .filter(found -> !found.at().isBefore(since) && found.at().isBefore(until))
                    .map(
                        found ->
                            new ResumedJob(row.id(), row.title(), found.text(JobRows.spec(row)))))
        .toList();
  }

  private static List<HeldSweep> heldSweeps(Tables tables) {
    Map<String, Map<String, Long>> counts = SweepRows.counts(tables);
    return tables.sweeps().all().stream()
        .flatMap(sweep -> HeldSweep.of(sweep, counts.getOrDefault(sweep.name(), Map.of())).stream())
        .toList();
  }

  private static int learntNothing(List<ListedRun> runs, Predicate<ListedRun> isNew) {
    return (int) runs.stream().filter(isNew).filter(run -> run.trouble().isPresent()).count();
  }

  private static int count(List<JobRow> ended, JobState.Name state) {
    return (int) ended.stream().filter(row -> is(row, state)).count();
  }

  private static int pruned(List<JobRow> ended) {
    return (int)
        ended.stream()
            .filter(row -> is(row, JobState.Name.CANCELLED))
            .filter(row -> row.state().cause().map(Causes::of).filter(Cause::prunes).isPresent())
            .count();
  }

  private static boolean is(JobRow row, JobState.Name state) {
    return row.state().name().equals(state.name());
  }

  /** The causes of these failures, the most frequent first. */
  private static List<Failed> failed(List<JobRow> rows) {
    Map<String, List<JobRow>> causes =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    FailedJobs::pattern, LinkedHashMap::new, Collectors.toList()));
    return causes.values().stream()
        .map(each -> new Failed(FailedJobs.common(each), each.size()))
        .sorted(Comparator.comparingInt(Failed::jobs).reversed())
        .toList();
  }

  private static int open(Map<String, Long> counts) {
    return JobState.Name.namesWhere(JobState.Name::active).stream()
        .mapToInt(state -> Math.toIntExact(counts.getOrDefault(state, 0L)))
        .sum();
  }
}
