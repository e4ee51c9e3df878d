package org.bagnetlab.server.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.job.ReaderCounts;
import org.bagnetlab.storage.job.ReaderRow;
import org.bagnetlab.storage.job.ReaderTable;
import org.bagnetlab.vision.dataset.store.DatasetDetails;

/**
 * The details of a data set, and the jobs that use it.
 *
 * @param details details of its contents
 * @param uses the jobs that read it
 */
public record DatasetDetailsJson(@JsonUnwrapped DatasetDetails details, Uses uses) {

  private static final int SHOWN = 20;

  private static final List<String> OPEN = JobState.Name.namesWhere(state -> !state.ended());

  /**
   * The jobs that read a data set.
   *
   * @param jobs number of jobs
   * @param trainings number of these jobs that train on it
   * @param unfinishedJobs number of jobs that may still read it; it cannot be deleted before they
   *     end
   * @param unfinished the newest unfinished jobs
   * @param newest the newest ended jobs
   */
  public record Uses(
      int jobs,
      int trainings,
      int unfinishedJobs,
      List<ReaderRow> unfinished,
      List<ReaderRow> newest) {

    /** Finds the jobs that read a data set. */
    public static Uses of(ReaderTable readers, String dataset) {
      ReaderCounts counts = readers.count(dataset, OPEN);
      return new Uses(
          counts.jobs(),
          counts.trainings(),
          counts.unfinished(),
          readers.newest(dataset, OPEN, SHOWN),
          readers.newestOthers(dataset, OPEN, SHOWN));
    }
  }
}
