package org.bagnetlab.server.message.content;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Reads what messages say from the database of a lab.
 *
 * @param database the database
 * @param results the results in it
 * @param clock has the time zone of the messages
 */
public record LabContent(Database database, Results results, Clock clock)
    implements MessageContent {

  /** Number of jobs from which the time left is estimated. */
  private static final int EXAMPLES = 500;

  /** Maximum number of jobs of one state that are read. */
  private static final int MOST_JOBS = 5000;

  @Override
  public Content sweep(String name) {
    List<ListedRun> runs = runs();
    Instant now = clock.instant();
    Digest digest =
        database
            .read(tables -> Digest.ofSweep(tables, runs, SweepRows.find(tables, name), now))
            .join();
    return SweepContent.of(name, digest, runs);
  }

  @Override
  public Day day(Instant since, Instant now, DiskState disk) {
    List<ListedRun> runs = runs();
    return database
        .read(
            tables ->
                new DayContent(
                    Digest.of(tables, runs, since, now), left(tables, now), disk, clock.getZone()))
        .join()
        .day();
  }

  private List<ListedRun> runs() {
    return results.runs(RunFilter.ALL).runs();
  }

  private static Optional<Duration> left(Tables tables, Instant now) {
    List<JobRow> open =
        JobState.Name.namesWhere(JobState.Name::active).stream()
            .flatMap(state -> newest(tables, state, MOST_JOBS).stream())
            .filter(job -> !job.order().held())
            .toList();
    // Without a running job it is not known how many will run at once.
    if (open.size() >= MOST_JOBS || open.stream().noneMatch(QueueTime::isWorking)) {
      return Optional.empty();
    }
    List<JobRow> examples = newest(tables, JobState.Name.SUCCEEDED.name(), EXAMPLES);
    Map<Long, JobCostRow> costs =
        tables.costs().ofJobs(examples.stream().map(JobRow::id).toList()).stream()
            .collect(Collectors.toMap(JobCostRow::job, cost -> cost));
    return new QueueTime(examples, costs).left(open, now);
  }

  private static List<JobRow> newest(Tables tables, String state, int most) {
    return tables.jobs().newest(Optional.of(state), Optional.empty(), most, 0);
  }
}
