package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.FileTree;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.JobTable;
import org.bagnetlab.storage.UnknownFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what workers left that nobody took over. The files of a job that ran go before its end is
 * stored, so the rows tell the next server whose are left.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Vertx vertx;
  private final DataDirectory directory;
  private final Database database;

  Leftovers(Vertx vertx, DataDirectory directory, Database database) {
    this.vertx = vertx;
    this.directory = directory;
    this.database = database;
  }

  /**
   * Brings the files of jobs in line with the database, and deletes those of workers of an earlier
   * server. Only while no job is added, started or ended.
   */
  Future<Void> clear() {
    return Futures.of(vertx, database.read(tables -> working(tables.jobs())))
        .compose(
            working ->
                vertx.executeBlocking(
                    () -> {
                      new UnknownFiles(directory, database).settle();
                      working.forEach(job -> clear(directory, job));
                      return null;
                    }));
  }

  private static List<Long> working(JobTable jobs) {
    return Stream.of(JobState.Name.values())
        .filter(JobState.Name::working)
        .flatMap(state -> jobs.oldest(state.name(), Integer.MAX_VALUE).stream())
        .map(JobRow::id)
        .toList();
  }

  /** Removes those of one job, but for its log. Blocks. */
  static void clear(DataDirectory directory, long job) {
    Path run = directory.run(job);
    try {
      FileTree.clear(run, Set.of(DataDirectory.LOG));
    } catch (IOException e) {
      // A worker that could not be ended may still write there; no other one will.
      LOG.warn("Not all of what workers left in {} is removed: {}", run, e.toString());
    }
  }
}
