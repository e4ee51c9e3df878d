package org.bagnetlab.server.message.content;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.disk.ByteSize;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent.Day;
import org.bagnetlab.server.message.MessageNumbers;
import org.bagnetlab.server.message.MessageNumbers.Failed;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.storage.job.JobRow;

/**
 * What a daily message says: what finished, what failed and why, the best runs, the time left, the
 * disk.
 *
 * @param since begin of the period
 * @param now its end
 * @param zone the time zone of the messages
 * @param jobs what is in the queue, and what was
 * @param runs all runs of the lab
 * @param disk the state of the disk
 */
record DayContent(
    Instant since, Instant now, ZoneId zone, Jobs jobs, List<ListedRun> runs, DiskState disk) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

  /** Maximum number of lines about best runs. */
  private static final int MOST_NETWORKS = 6;

  /**
   * Jobs by what they do now.
   *
   * @param ended jobs that ended in the period
   * @param open jobs that run, or will run without a request from a user
   * @param succeeded the last jobs that succeeded, also before the period
   */
  record Jobs(List<JobRow> ended, List<JobRow> open, List<JobRow> succeeded) {

    long count(JobState.Name state) {
      return ended.stream().filter(job -> job.state().name().equals(state.name())).count();
    }
  }

  Day day() {
    return isEmpty()
        ? new Day("Nothing ran since %s.".formatted(text(since)), Content.NONE)
        : new Day(first(), content());
  }

  private Content content() {
    List<Failed> failed = FailureCauses.of(jobs.ended());
    List<BestAndBefore> best = BestAndBefore.of(runs, run -> !run.endedAt().isBefore(since), since);
    return new Content(
        sentences(failed, best),
        List.of(),
        Optional.empty(),
        Optional.of(
            new MessageNumbers(
                since,
                jobs.count(JobState.Name.SUCCEEDED),
                failed,
                best.stream().map(BestAndBefore::numbers).toList())));
  }

  private boolean isEmpty() {
    return jobs.ended().isEmpty() && jobs.open().isEmpty() && disk.warning().isEmpty();
  }

  private String text(Instant instant) {
    return DATE.format(instant.atZone(zone));
  }

  private String first() {
    List<String> counts = new ArrayList<>();
    counts.add("%s succeeded".formatted(FailureCauses.jobs(jobs.count(JobState.Name.SUCCEEDED))));
    long failed = jobs.count(JobState.Name.FAILED);
    if (failed > 0) {
      counts.add(failed + " failed");
    }
    long cancelled = jobs.count(JobState.Name.CANCELLED);
    if (cancelled > 0) {
      counts.add(cancelled + " cancelled");
    }
    return jobs.ended().isEmpty()
        ? "Nothing finished since %s.".formatted(text(since))
        : "%s since %s.".formatted(String.join(", ", counts), text(since));
  }

  private List<String> sentences(List<Failed> failed, List<BestAndBefore> best) {
    List<String> sentences = new ArrayList<>(FailureCauses.lines(failed));
    best.stream().limit(MOST_NETWORKS).map(BestAndBefore::sentence).forEach(sentences::add);
    sentences.add(queue());
    sentences.add(
        disk.warning()
            .orElse(
                "The disk has %s of %s free."
                    .formatted(
                        ByteSize.text(disk.space().free()), ByteSize.text(disk.space().total()))));
    return sentences;
  }

  private String queue() {
    if (jobs.open().isEmpty()) {
      return "No job runs or waits.";
    }
    Optional<Duration> left = new QueueTime(jobs.succeeded()).left(jobs.open(), now);
    return "%s running or waiting; %s."
        .formatted(
            FailureCauses.jobs(jobs.open().size()) + (jobs.open().size() == 1 ? " is" : " are"),
            left.map(QueueTime::text)
                .map("about %s left"::formatted)
                .orElse("how long they will take is not known yet"));
  }
}
