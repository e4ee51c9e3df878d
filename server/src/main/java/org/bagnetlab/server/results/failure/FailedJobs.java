package org.bagnetlab.server.results.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Settings;
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
 * @param cause the cause, on one line, without numbers in which the jobs differ
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

  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.,e+-]*");

  /** How many jobs are named. */
  private static final int NAMED = 5;

  /** How many of the newest jobs are compared. */
  private static final int MOST = 10_000;

  /** How many are compared for a form, which asks while its user types. */
  private static final int MOST_FOR_FORM = 1000;

  /**
   * The rows that causes of failures are found in.
   *
   * @param failed failed jobs, the newest first
   * @param succeeded jobs that succeeded, of the same experiments
   * @param ofSweep the IDs of a sweep's jobs; empty for all jobs
   */
  public record Rows(List<JobRow> failed, List<JobRow> succeeded, Optional<Set<Long>> ofSweep) {

    /** Reads the rows; nothing is computed, so that the database is free for others. */
    public static Rows read(Tables tables, Optional<String> sweep) {
      return read(
          tables, newest(tables, JobState.Name.FAILED, Optional.empty(), MOST), sweep, MOST);
    }

    /** Reads the rows of these experiments. */
    public static Rows ofExperiments(Tables tables, Collection<String> kinds) {
      return read(
          tables,
          kinds.stream()
              .flatMap(
                  kind ->
                      newest(tables, JobState.Name.FAILED, Optional.of(kind), MOST_FOR_FORM)
                          .stream())
              .toList(),
          Optional.empty(),
          MOST_FOR_FORM);
    }

    private static Rows read(Tables tables, List<JobRow> all, Optional<String> sweep, int most) {
      List<JobRow> failed =
          all.stream()
              .filter(row -> !row.state().errorCode().equals(Optional.of(JobError.NEEDS_RUN)))
              .toList();
      return new Rows(
          failed,
          failed.stream()
              .map(FailedJobs::experiment)
              .distinct()
              .flatMap(
                  kind -> newest(tables, JobState.Name.SUCCEEDED, Optional.of(kind), most).stream())
              .toList(),
          sweep.map(name -> Set.copyOf(tables.sweeps().jobs(name))));
    }

    private static List<JobRow> newest(
        Tables tables, JobState.Name state, Optional<String> kind, int most) {
      return tables.jobs().newest(Optional.of(state.name()), kind, most, 0);
    }

    /** The jobs that ended, by their experiments. */
    private Map<String, List<JobRow>> ended() {
      return Stream.concat(failed.stream(), succeeded.stream())
          .collect(Collectors.groupingBy(FailedJobs::experiment));
    }

    private boolean isOfSweep(List<JobRow> group) {
      return ofSweep.isEmpty() || group.stream().map(JobRow::id).anyMatch(ofSweep.get()::contains);
    }
  }

  /**
   * The causes of failures, the most frequent first. Jobs that failed only because the result of
   * another job is missing are left out. Values of parameters are compared over all jobs of the lab
   * that ended, in whatever sweep; if there is a sweep, only causes of its failures are returned.
   */
  public static List<FailedJobs> of(Rows rows) {
    Map<Group, List<JobRow>> groups =
        rows.failed().stream()
            .collect(Collectors.groupingBy(Group::of, LinkedHashMap::new, Collectors.toList()));
    Map<String, List<JobRow>> ended = rows.ended();
    Map<String, JobsByValue> byValue = new HashMap<>();
    ended.forEach((kind, jobs) -> byValue.put(kind, byValue(jobs)));
    return groups.entrySet().stream()
        .filter(group -> rows.isOfSweep(group.getValue()))
        .map(
            group -> {
              String kind = group.getKey().kind();
              return of(
                  group.getKey(),
                  group.getValue(),
                  ended.getOrDefault(kind, List.of()),
                  Objects.requireNonNull(byValue.get(kind)));
            })
        .sorted(Comparator.comparingInt(FailedJobs::jobs).reversed())
        .toList();
  }

  /**
   * Warnings about the values of requested jobs with which most jobs failed for this cause.
   *
   * @param requested the settings of jobs, by experiment; they may be incomplete
   */
  public Stream<String> warnings(Map<String, List<Settings>> requested) {
    List<Settings> jobs = requested.getOrDefault(kind, List.of());
    return Experiments.find(kind).stream()
        .flatMap(experiment -> experiment.parameters().stream())
        .flatMap(
            parameter ->
                values.stream()
                    .filter(share -> share.parameter().equals(parameter.name()))
                    .filter(share -> jobs.stream().anyMatch(job -> share.isOf(parameter, job))))
        .map(share -> "%s failed: %s".formatted(share.text(), cause));
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
    return pattern(cause(row));
  }

  /**
   * The cause of jobs whose causes have the same pattern, on one line; numbers in which they differ
   * are left out, as those of one job would be wrong for the others.
   */
  public static String common(List<JobRow> rows) {
    List<List<String>> numbers =
        rows.stream()
            .map(row -> NUMBER.matcher(cause(row)).results().map(MatchResult::group).toList())
            .toList();
    Iterator<Integer> place = IntStream.iterate(0, i -> i + 1).iterator();
    return NUMBER
        .matcher(cause(rows.getFirst()))
        .replaceAll(
            found -> {
              int i = place.next();
              boolean equal = numbers.stream().allMatch(each -> each.get(i).equals(found.group()));
              return Matcher.quoteReplacement(equal ? found.group() : "…");
            });
  }

  /** A cause without the numbers in which otherwise equal causes differ. */
  public static String pattern(String cause) {
    return NUMBER.matcher(cause).replaceAll("#");
  }

  /** Why a job failed, on one line. */
  public static String cause(JobRow row) {
    return row.state()
        .errorMessage()
        .or(() -> row.state().cause().map(cause -> Causes.of(cause).text()))
        .flatMap(text -> text.lines().findFirst())
        .orElse("for an unknown reason");
  }

  private static FailedJobs of(
      Group group, List<JobRow> rows, List<JobRow> ended, JobsByValue byValue) {
    Set<Optional<String>> sweeps = rows.stream().map(JobRow::sweep).collect(Collectors.toSet());
    return new FailedJobs(
        group.code(),
        common(rows),
        group.kind(),
        rows.size(),
        rows.stream().limit(NAMED).map(JobRow::id).toList(),
        FailureShare.of(
            byValue(rows),
            byValue(ended.stream().filter(row -> sweeps.contains(row.sweep())).toList()),
            byValue));
  }

  private static JobsByValue byValue(List<JobRow> rows) {
    return JobsByValue.of(rows.stream().map(row -> StoredSpec.read(row.spec())).toList());
  }
}
