package org.bagnetlab.server.json;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.job.ReaderRow;
import org.bagnetlab.vision.dataset.DatasetDetails;
import org.bagnetlab.vision.dataset.DatasetFacts;

/**
 * What is in a data set, and what uses it.
 *
 * @param dataset as in a list
 * @param classes images of each class
 * @param sizes of the image files; empty: they are generated at any size
 * @param split how many images a training with default settings uses; empty: it has too few
 * @param uses the jobs that read it
 */
public record DatasetDetailsJson(
    DatasetFacts dataset,
    List<DatasetDetails.ClassCounts> classes,
    Optional<DatasetDetails.Sizes> sizes,
    Optional<DatasetDetails.SplitCounts> split,
    Uses uses) {

  private static final int SHOWN = 20;

  /** A job of a list. */
  public record Use(long id, String kind, String title, String state) {}

  /**
   * The jobs that read a data set.
   *
   * @param jobs number of them
   * @param trainings number of those that learn from it
   * @param unfinished those that may still read it; it cannot be deleted before they end
   * @param newest some of the others, the newest first
   */
  public record Uses(int jobs, int trainings, List<Use> unfinished, List<Use> newest) {}

  /**
   * A data set and the jobs that read it.
   *
   * @param readers the newest first
   */
  public static DatasetDetailsJson of(DatasetDetails details, List<ReaderRow> readers) {
    List<Use> unfinished =
        readers.stream().filter(row -> !ended(row)).map(DatasetDetailsJson::use).toList();
    List<Use> newest =
        readers.stream()
            .filter(DatasetDetailsJson::ended)
            .limit(SHOWN)
            .map(DatasetDetailsJson::use)
            .toList();
    int trainings = (int) readers.stream().filter(row -> row.kind().equals("train")).count();
    return new DatasetDetailsJson(
        details.dataset(),
        details.classes(),
        details.sizes(),
        details.split(),
        new Uses(readers.size(), trainings, unfinished, newest));
  }

  private static boolean ended(ReaderRow row) {
    return JobState.Name.valueOf(row.state()).ended();
  }

  private static Use use(ReaderRow row) {
    return new Use(row.id(), row.kind(), row.title(), row.state());
  }
}
