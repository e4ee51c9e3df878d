package org.bagnetlab.server.json;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.job.ReaderCounts;
import org.bagnetlab.storage.job.ReaderRow;
import org.bagnetlab.storage.job.ReaderTable;
import org.bagnetlab.vision.dataset.store.DatasetDetails;
import org.bagnetlab.vision.dataset.store.DatasetFacts;

/**
 * The contents of a data set, and the jobs that use it.
 *
 * @param dataset the data set as in a list
 * @param classes number of images of each class
 * @param sizes sizes of the image files; empty: images are generated at any size
 * @param split number of images that a training with default settings uses; empty: there are too
 *     few
 * @param uses the jobs that read it
 */
public record DatasetDetailsJson(
    DatasetFacts dataset,
    List<DatasetDetails.ClassCounts> classes,
    Optional<DatasetDetails.Sizes> sizes,
    Optional<DatasetDetails.SplitCounts> split,
    Uses uses) {

  private static final int SHOWN = 20;

  private static final List<String> OPEN = JobState.Name.namesWhere(state -> !state.ended());

  /**
   * The jobs that read a data set.
   *
   * @param jobs number of jobs
   * @param trainings number of jobs that train on it
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

  /** Combines a data set and the jobs that read it. */
  public static DatasetDetailsJson of(DatasetDetails details, Uses uses) {
    return new DatasetDetailsJson(
        details.dataset(), details.classes(), details.sizes(), details.split(), uses);
  }
}
