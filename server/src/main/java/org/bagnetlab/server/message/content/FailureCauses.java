package org.bagnetlab.server.message.content;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.message.MessageNumbers.Failed;
import org.bagnetlab.server.results.failure.FailedJobs;
import org.bagnetlab.storage.job.JobRow;

/** Why jobs failed, with one line for each cause. */
final class FailureCauses {

  /** Maximum number of lines. */
  private static final int MOST = 8;

  private FailureCauses() {}

  /**
   * The causes of the failed ones among these jobs, the most frequent first. Jobs that failed only
   * because the result of another job is missing are left out.
   */
  static List<Failed> of(List<JobRow> jobs) {
    Map<String, List<JobRow>> causes =
        jobs.stream()
            .filter(job -> job.state().name().equals(JobState.Name.FAILED.name()))
            .filter(job -> !job.state().errorCode().equals(Optional.of(JobError.NEEDS_RUN)))
            .sorted(Comparator.comparingLong(JobRow::id).reversed())
            .collect(
                Collectors.groupingBy(
                    FailureCauses::words, LinkedHashMap::new, Collectors.toList()));
    return causes.values().stream()
        .map(failed -> new Failed(FailedJobs.cause(failed.getFirst()), failed.size()))
        .sorted(Comparator.comparingLong(Failed::jobs).reversed())
        .toList();
  }

  /** A cause without numbers, such as sizes and epochs, which do not make causes different. */
  private static String words(JobRow job) {
    return FailedJobs.cause(job).replaceAll("[0-9][0-9.,e+-]*", "#");
  }

  /** The lines of a message. */
  static List<String> lines(List<Failed> causes) {
    Stream<String> lines =
        causes.stream()
            .limit(MOST)
            .map(cause -> "%s failed: %s".formatted(jobs(cause.jobs()), cause.cause()));
    return causes.size() <= MOST
        ? lines.toList()
        : Stream.concat(
                lines,
                Stream.of("There are %d more causes of failures.".formatted(causes.size() - MOST)))
            .toList();
  }

  static String jobs(long number) {
    return number == 1 ? "1 job" : number + " jobs";
  }
}
