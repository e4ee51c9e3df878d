package org.bagnetlab.queue.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Protects weights that jobs need. Jobs are queued and weights are removed on the database's
 * writing thread, so that neither happens while the other is checked.
 */
public final class WeightsUse {

  private WeightsUse() {}

  /**
   * Removes weights, unless a job may still read them, for the first time or again. Fails with
   * {@link WeightsNeeded}, or an {@link java.io.UncheckedIOException} with the removal's message.
   */
  public static CompletableFuture<Void> remove(Database database, String weights, Removal removal) {
    return Removal.run(database, tables -> refuseIfNeeded(tables, weights), removal);
  }

  private static void refuseIfNeeded(Tables tables, String weights) {
    List<JobRow> jobs = tables.jobs().needing(weights, JobState.Name.OPEN);
    if (!jobs.isEmpty()) {
      JobRow first = jobs.get(0);
      throw new WeightsNeeded(
          "Job %d, which is %s, needs the weights '%s'. Cancel or delete it first."
              .formatted(first.id(), first.state().name(), weights));
    }
  }

  /**
   * Checks a job before it is queued.
   *
   * @throws InvalidSpec if its weights were removed since the request
   */
  public static void check(Catalogue catalogue, JobSpec spec) {
    spec.needs()
        .filter(asked -> !there(catalogue, asked))
        .ifPresent(
            gone -> {
              throw new InvalidSpec(
                  "weights",
                  "The weights '%s' have just been removed or replaced.".formatted(gone.name()));
            });
  }

  private static boolean there(Catalogue catalogue, WeightsVersion asked) {
    return catalogue
        .weights(asked.name())
        .filter(known -> known.checksum().equals(asked.checksum()))
        .isPresent();
  }
}
