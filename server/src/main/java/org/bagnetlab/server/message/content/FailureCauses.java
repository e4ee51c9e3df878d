package org.bagnetlab.server.message.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.storage.job.JobRow;

/** Why jobs failed, with one line for each cause. */
final class FailureCauses {

  /** Maximum number of lines. */
  private static final int MOST = 8;

  private FailureCauses() {}

  /** The lines of the failed ones among these jobs, the most frequent cause first. */
  static List<String> of(List<JobRow> jobs) {
    Map<String, Integer> causes = new TreeMap<>();
    for (JobRow job : jobs) {
      if (job.state().name().equals(JobState.Name.FAILED.name())) {
        causes.merge(cause(job), 1, Integer::sum);
      }
    }
    return lines(causes);
  }

  private static String cause(JobRow job) {
    return job.state()
        .errorMessage()
        .or(() -> job.state().cause().map(cause -> Causes.of(cause).text()))
        .flatMap(text -> text.lines().findFirst())
        .orElse("for an unknown reason");
  }

  /** The lines of causes with the number of jobs that failed for each. */
  static List<String> lines(Map<String, Integer> causes) {
    List<String> lines = new ArrayList<>();
    causes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .map(cause -> "%s failed: %s".formatted(jobs(cause.getValue()), cause.getKey()))
        .forEach(lines::add);
    if (causes.size() > MOST) {
      lines.add("There are %d more causes of failures.".formatted(causes.size() - MOST));
    }
    return lines;
  }

  static String jobs(long number) {
    return number == 1 ? "1 job" : number + " jobs";
  }
}
