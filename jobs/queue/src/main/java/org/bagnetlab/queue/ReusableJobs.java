package org.bagnetlab.queue;

import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * Finds jobs whose results can be used instead of those of a new job.
 *
 * @param catalogue the data sets that exist now
 */
record ReusableJobs(Catalogue catalogue) {

  /**
   * The jobs with a specification whose result can be reused, now or later.
   *
   * @param followed whether other jobs need the network of a training
   */
  Stream<Long> find(Tables tables, JobSpec spec, boolean followed) {
    return tables.jobs().ofSpec(JobRows.text(spec)).stream()
        .filter(row -> serves(tables, row, followed))
        .map(JobRow::id);
  }

  /**
   * Whether a job can be reused. Trials of a halving cannot, since they may end early, nor can jobs
   * that are being cancelled, trainings on other images, and trainings whose network is gone if
   * other jobs need it.
   */
  private boolean serves(Tables tables, JobRow row, boolean followed) {
    JobState.Name state = JobRows.name(row);
    if (state != JobState.Name.SUCCEEDED) {
      return !state.ended() && !row.state().cancelRequested() && row.order().lastEpoch().isEmpty();
    }
    return !(JobRows.spec(row) instanceof TrainSpec train)
        || (ofPresentImages(tables, row.id(), train)
            && (!followed || TrainedRuns.hasCheckpoint(tables, row.id())));
  }

  /**
   * Whether a run's data set still has the same images. Old runs do not record which images they
   * used.
   */
  private boolean ofPresentImages(Tables tables, long run, TrainSpec train) {
    Optional<String> present = catalogue.datasetChecksum(train.dataset());
    return present.isEmpty()
        || ArtifactRows.images(tables.artifacts().ofJob(run)).allMatch(present.get()::equals);
  }
}
