package org.bagnetlab.server.results.view;

import java.util.Optional;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.results.study.Measure;

/**
 * Selects the requested part of a view.
 *
 * @param dataset a data set; if empty, all data sets, or for a view of one data set the first that
 *     has runs
 * @param setting a run that identifies the setting, for views of one setting; if empty, the setting
 *     with the most networks
 * @param measure the measure by which networks are compared
 * @param grid number of tiles per side, for measures on scrambled images
 * @param published whether tables show the accuracies of the report for any data set
 * @param troubled whether trainings with a {@link Trouble} count as results
 * @param runs filter for the list of runs
 */
public record ViewFilter(
    Optional<String> dataset,
    Optional<Long> setting,
    Measure measure,
    int grid,
    boolean published,
    boolean troubled,
    RunFilter runs) {

  /** Creates a filter for any view except the list of runs. */
  public ViewFilter(
      Optional<String> dataset,
      Optional<Long> setting,
      Measure measure,
      int grid,
      boolean published) {
    this(dataset, setting, measure, grid, published, false, RunFilter.ALL);
  }

  /** This filter with another measure. */
  ViewFilter by(Measure other) {
    return new ViewFilter(dataset, setting, other, grid, published, troubled, runs);
  }
}
