package org.bagnetlab.server.results.view;

import java.util.Optional;
import org.bagnetlab.server.results.list.RunFilter;
import org.bagnetlab.server.results.run.Counted;
import org.bagnetlab.server.results.study.Measure;

/**
 * Selects the requested part of a view.
 *
 * @param dataset a data set; if empty, all data sets, or for a view of one data set the first that
 *     has runs
 * @param setting which setting is shown, in Table 1 and in views of one setting
 * @param measure the measure by which networks are compared
 * @param grid number of tiles per side, for measures on scrambled images
 * @param published whether tables show the accuracies of the report for any data set
 * @param counted which trainings count as results
 * @param runs filter for the list of runs
 */
public record ViewFilter(
    Optional<String> dataset,
    SettingChoice setting,
    Measure measure,
    int grid,
    boolean published,
    Counted counted,
    RunFilter runs) {

  /** Creates a filter for any view except the list of runs. */
  public ViewFilter(
      Optional<String> dataset,
      SettingChoice setting,
      Measure measure,
      int grid,
      boolean published) {
    this(dataset, setting, measure, grid, published, Counted.USUAL, RunFilter.ALL);
  }

  /** This filter with another measure. */
  ViewFilter by(Measure other) {
    return new ViewFilter(dataset, setting, other, grid, published, counted, runs);
  }

  /** This filter, if the trials of searches count as results. */
  ViewFilter withTrials() {
    return new ViewFilter(dataset, setting, measure, grid, published, counted.withTrials(), runs);
  }

  /** This filter on a data set. */
  ViewFilter on(String name) {
    return new ViewFilter(Optional.of(name), setting, measure, grid, published, counted, runs);
  }
}
