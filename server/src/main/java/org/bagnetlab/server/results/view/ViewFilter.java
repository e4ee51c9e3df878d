package org.bagnetlab.server.results.view;

import java.util.Optional;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.results.study.Measure;

/**
 * What part of a view is requested.
 *
 * @param dataset empty: all, or where a view is of one data set, the first that has runs
 * @param setting a run of the setting that a view of one setting is about; empty: the setting with
 *     the most networks
 * @param measure by which networks are compared
 * @param grid tiles per side, of measures of scrambled images
 * @param published whether tables have the report's accuracies next to those of any data set
 * @param troubled whether trainings that learnt nothing ({@link Trouble}) count as results
 * @param runs which runs the list of runs has
 */
public record ViewFilter(
    Optional<String> dataset,
    Optional<Long> setting,
    Measure measure,
    int grid,
    boolean published,
    boolean troubled,
    RunFilter runs) {

  /** A part of any view but the list of runs. */
  public ViewFilter(
      Optional<String> dataset,
      Optional<Long> setting,
      Measure measure,
      int grid,
      boolean published) {
    this(dataset, setting, measure, grid, published, false, RunFilter.ALL);
  }

  /** The same, by another measure. */
  ViewFilter by(Measure other) {
    return new ViewFilter(dataset, setting, other, grid, published, troubled, runs);
  }
}
