package org.bagnetlab.queue.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Removes data from the disk unless a job needs it. The data is moved away on the database's
 * writing thread, so that no job can be queued during the check. Its files are deleted afterwards
 * on another thread. A removal completes when the files are deleted; it fails with {@link
 * RequestRefused} if a job needs the data, or with an {@link UncheckedIOException} that has the
 * removal's message.
 */
@FunctionalInterface
public interface Removal {

  /**
   * Moves the data away at once, so that it is no longer found.
   *
   * @return deletes the files when closed, which may take a long time
   */
  Closeable takeOut() throws IOException;

  /**
   * Removes a data set, unless an unfinished job reads it: a training, or a job that uses a
   * training's network.
   */
  static CompletableFuture<Void> ofDataset(Database database, String dataset, Removal removal) {
    return run(
        database,
        tables -> tables.readers().oldest(dataset, JobState.Name.OPEN, 1),
        "dataset-needed",
        "uses the data set '%s'".formatted(dataset),
        removal);
  }

  /** Removes weights, unless a job that has not ended needs them. */
  static CompletableFuture<Void> ofWeights(Database database, String weights, Removal removal) {
    return run(
        database,
        tables -> tables.jobs().needing(weights, JobState.Name.OPEN),
        "weights-needed",
        "needs the weights '%s'".formatted(weights),
        removal);
  }

  private static CompletableFuture<Void> run(
      Database database,
      Function<Tables, List<JobRow>> needing,
      String code,
      String need,
      Removal removal) {
    return database
        .write(
            tables -> {
              needing.apply(tables).stream()
                  .findFirst()
                  .ifPresent(
                      job -> {
                        throw new RequestRefused(
                            RequestRefused.Reason.CONFLICT,
                            code,
                            "Job conflict",
                            "Job %d, which is %s, %s. Cancel or delete it first."
                                .formatted(job.id(), job.state().name(), need));
                      });
              try {
                return removal.takeOut();
              } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
              }
            })
        .thenAcceptAsync(
            taken -> {
              try {
                taken.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
              }
            });
  }
}
