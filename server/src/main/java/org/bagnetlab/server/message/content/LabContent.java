package org.bagnetlab.server.message.content;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.sweep.SweepRow;

/**
 * Reads what messages say from the database of a lab.
 *
 * @param database the database
 * @param results the results in it
 * @param zone the time zone of the messages
 */
public record LabContent(Database database, Results results, ZoneId zone)
    implements MessageContent {

  /** Number of jobs from which the time left is estimated. */
  private static final int EXAMPLES = 500;

  /** Maximum number of jobs of one state that are read. */
  private static final int MOST_JOBS = 5000;

  private record OfSweep(List<JobRow> jobs, Optional<Instant> createdAt) {}

  @Override
  public Content sweep(String name) {
    List<ListedRun> runs = runs();
    OfSweep sweep =
        database
            .read(
                tables ->
                    new OfSweep(
                        tables.jobs().ofSweep(name),
                        tables.sweeps().find(name).map(SweepRow::createdAt)))
            .join();
    return SweepContent.of(name, sweep.jobs(), runs, sweep.createdAt().orElse(Instant.EPOCH));
  }

  @Override
  public Day day(Instant since, Instant now, DiskState disk) {
    List<ListedRun> runs = runs();
    DayContent.Jobs jobs = database.read(tables -> jobs(tables, since)).join();
    return new DayContent(since, now, zone, jobs, runs, disk).day();
  }

  private List<ListedRun> runs() {
    return results.runs(RunFilter.ALL).runs();
  }

  private static DayContent.Jobs jobs(Tables tables, Instant since) {
    List<JobRow> ended =
        newest(tables, JobState.Name::ended)
            .filter(job -> job.state().endedAt().filter(end -> !end.isBefore(since)).isPresent())
            .toList();
    List<JobRow> open =
        newest(tables, JobState.Name::active).filter(job -> !job.order().held()).toList();
    List<JobRow> succeeded =
        tables
            .jobs()
            .newest(Optional.of(JobState.Name.SUCCEEDED.name()), Optional.empty(), EXAMPLES, 0);
    return new DayContent.Jobs(ended, open, succeeded);
  }

  private static Stream<JobRow> newest(Tables tables, Predicate<JobState.Name> condition) {
    return JobState.Name.namesWhere(condition).stream()
        .flatMap(
            state ->
                tables.jobs().newest(Optional.of(state), Optional.empty(), MOST_JOBS, 0).stream());
  }
}
