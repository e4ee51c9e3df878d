package org.bagnetlab.server.message.content;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.server.message.MessageNumbers.Failed;
import org.bagnetlab.storage.job.JobRow;

/** Why jobs failed, with one line for each cause. */
final class FailureCauses {

  /** Maximum number of lines. */
  private static final int MOST = 8;

  private FailureCauses() {}

  /** The causes of the failed ones among these jobs, the most frequent first. */
  static List<Failed> of(List<JobRow> jobs) {
    Map<String, Long> causes = new TreeMap<>();
    for (JobRow job : jobs) {
      if (job.state().name().equals(JobState.Name.FAILED.name())) {
        causes.merge(cause(job), 1L, Long::sum);
      }
    }
    return causes.entrySet().stream()
        .map(cause -> new Failed(cause.getKey(), cause.getValue()))
        .sorted(Comparator.comparingLong(Failed::jobs).reversed())
        .toList();
  }

  private static String cause(JobRow job) {
    return job.state()
        .errorMessage()
        .or(() -> job.state().cause().map(cause -> Causes.of(cause).text()))
        .flatMap(text -> text.lines().findFirst())
        .orElse("for an unknown reason");
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
