package org.bagnetlab.server.message.content;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.bagnetlab.queue.forecast.Completion;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.list.ListedRun;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.storage.database.Database;

/**
 * Reads what messages say from the database of a lab.
 *
 * @param database the database
 * @param results the results in it
 * @param outlook when the work of the queue will be done
 * @param clock has the time zone of the messages
 */
public record LabContent(
    Database database, Results results, Supplier<Future<Outlook>> outlook, Clock clock)
    implements MessageContent {

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
    Digest digest = database.read(tables -> Digest.of(tables, runs, since, now)).join();
    Completion open = outlook.get().toCompletionStage().toCompletableFuture().join().queue();
    return new DayContent(digest, open.end(), disk, clock.getZone()).day();
  }

  private List<ListedRun> runs() {
    return results.runs(RunFilter.ALL).runs();
  }
}
