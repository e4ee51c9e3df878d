package org.bagnetlab.server.results.failure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Jobs that failed for the same cause.
 *
 * @param code stable name of the cause
 * @param cause the cause in the words of the newest job, on one line
 * @param kind the experiment of the jobs
 * @param jobs number of jobs
 * @param newest IDs of the newest jobs, the newest first
 * @param values values that these jobs have in common, which other jobs do not fail with as often
 */
public record FailedJobs(
    String code,
    String cause,
    String kind,
    int jobs,
    List<Long> newest,
    List<FailureShare> values) {

  /** How many jobs are named. */
  private static final int NAMED = 5;

  /** How many of the newest jobs are compared. */
  private static final int MOST = 10_000;

  /**
   * The causes of failures, the most frequent first. Jobs that failed only because the result of
   * another job is missing are left out. Values of parameters are compared over all jobs of the lab
   * that ended, in whatever sweep.
   *
   * @param sweep to return only causes of jobs of this sweep
   */
  public static List<FailedJobs> of(Tables tables, Optional<String> sweep) {
    List<JobRow> failed =
        tables
            .jobs()
            .newest(Optional.of(JobState.Name.FAILED.name()), Optional.empty(), MOST, 0)
            .stream()
            .filter(row -> !row.state().errorCode().equals(Optional.of(JobError.NEEDS_RUN)))
            .toList();
    if (failed.isEmpty()) {
      return List.of();
    }
    Map<Group, List<JobRow>> groups =
        failed.stream()
            .collect(Collectors.groupingBy(Group::of, LinkedHashMap::new, Collectors.toList()));
    Map<String, List<JobSpec>> succeeded =
        groups.keySet().stream()
            .map(Group::kind)
            .distinct()
            .collect(Collectors.toMap(kind -> kind, kind -> succeeded(tables, kind)));
    return groups.entrySet().stream()
        .filter(group -> sweep.isEmpty() || isOf(tables, sweep.get(), group.getValue()))
        .map(
            group ->
                of(
                    group.getKey(),
                    group.getValue(),
                    Stream.concat(
                            succeeded.getOrDefault(group.getKey().kind(), List.of()).stream(),
                            failed.stream()
                                .filter(row -> experiment(row).equals(group.getKey().kind()))
                                .map(row -> StoredSpec.read(row.spec())))
                        .toList()))
        .sorted(Comparator.comparingInt(FailedJobs::jobs).reversed())
        .toList();
  }

  /** Jobs with the same kind and cause. */
  private record Group(String kind, String code, String words) {

    static Group of(JobRow row) {
      return new Group(experiment(row), nameOf(row), pattern(row));
    }
  }

  private static String experiment(JobRow row) {
    return StoredSpec.read(row.spec()).kind();
  }

  private static String nameOf(JobRow row) {
    return row.state()
        .errorCode()
        .or(() -> row.state().cause().map(cause -> cause.code()))
        .orElse("unknown");
  }

  /** Why a job failed, without the numbers in which otherwise equal causes differ. */
  public static String pattern(JobRow row) {
    return cause(row).replaceAll("[0-9][0-9.,e+-]*", "#");
  }

  /** Why a job failed, on one line. */
  public static String cause(JobRow row) {
    return row.state()
        .errorMessage()
        .or(() -> row.state().cause().map(cause -> Causes.of(cause).text()))
        .flatMap(text -> text.lines().findFirst())
        .orElse("for an unknown reason");
  }

  private static List<JobSpec> succeeded(Tables tables, String kind) {
    return tables
        .jobs()
        .newest(Optional.of(JobState.Name.SUCCEEDED.name()), Optional.of(kind), MOST, 0)
        .stream()
        .map(row -> StoredSpec.read(row.spec()))
        .toList();
  }

  private static boolean isOf(Tables tables, String sweep, List<JobRow> group) {
    List<Long> ofSweep = tables.jobs().ofSweep(sweep).stream().map(JobRow::id).toList();
    return group.stream().map(JobRow::id).anyMatch(ofSweep::contains);
  }

  private static FailedJobs of(Group group, List<JobRow> rows, List<JobSpec> ended) {
    return new FailedJobs(
        group.code(),
        cause(rows.getFirst()),
        group.kind(),
        rows.size(),
        rows.stream().limit(NAMED).map(JobRow::id).toList(),
        FailureShare.of(rows.stream().map(row -> StoredSpec.read(row.spec())).toList(), ended));
  }
}
