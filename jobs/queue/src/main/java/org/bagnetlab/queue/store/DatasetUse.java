package org.bagnetlab.queue.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Protects data sets that jobs read. They are removed on the database's writing thread, so that no
 * job is queued during the check.
 */
public final class DatasetUse {

  private DatasetUse() {}

  /**
   * Removes a data set, unless an unfinished job reads it: a training, or a job about one. Fails
   * with {@link DatasetNeeded}, or an {@link java.io.UncheckedIOException} with the removal's
   * message.
   */
  public static CompletableFuture<Void> remove(Database database, String dataset, Removal removal) {
    return Removal.run(database, tables -> refuseIfNeeded(tables, dataset), removal);
  }

  private static void refuseIfNeeded(Tables tables, String dataset) {
    List<JobRow> jobs = tables.readers().oldest(dataset, JobState.Name.OPEN, 1);
    if (!jobs.isEmpty()) {
      JobRow first = jobs.get(0);
      throw new DatasetNeeded(
          "Job %d, which is %s, uses the data set '%s'. Cancel or delete it first."
              .formatted(first.id(), first.state().name(), dataset));
    }
  }
}
