package org.bagnetlab.queue.recovery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.file.UnknownFiles;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.JobTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes unstored files that workers left in their run directories. A job's directory is cleaned
 * before its end is stored, so after a crash the rows show which directories remain.
 */
public final class RunDirectoryCleaner {

  private static final Logger LOG = LoggerFactory.getLogger(RunDirectoryCleaner.class);

  private final Vertx vertx;
  private final DataDirectory directory;
  private final Database database;

  public RunDirectoryCleaner(Vertx vertx, DataDirectory directory, Database database) {
    this.vertx = vertx;
    this.directory = directory;
    this.database = database;
  }

  /**
   * Reconciles the files of jobs with the database, and deletes those of a previous server's
   * workers. Must run while no job is added, started or ended.
   */
  public Future<Void> clean() {
    return Futures.of(vertx, database.read(tables -> working(tables.jobs())))
        .compose(
            working ->
                vertx.executeBlocking(
                    () -> {
                      new UnknownFiles(directory, database).settle();
                      working.forEach(job -> clean(directory, job));
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

  /** Empties the run directory of one job, except for its log. Blocks. */
  public static void clean(DataDirectory directory, long job) {
    Path run = directory.run(job);
    try {
      FileTree.clear(run, Set.of(DataDirectory.LOG));
    } catch (IOException e) {
      // A worker that could not be killed may still write there; later workers use other
      // directories.
      LOG.warn("Cannot remove all worker files in {}: {}", run, e.toString());
    }
  }
}
