package org.bagnetlab.server.results;

import java.util.List;
import java.util.Optional;

/**
 * What part of a view is asked for.
 *
 * @param dataset empty: all, or where a view is of one data set, the first that has runs
 * @param published whether tables have the report's accuracies beside those of any data set
 */
public record ViewFilter(Optional<String> dataset, boolean published) {

  /**
   * Whether a table has the report's accuracies: if they were asked for, or if all measured ones
   * are of the report's classes.
   */
  boolean showsPublished(List<MeasuredOn> datasets) {
    return published || datasets.stream().allMatch(MeasuredOn::publishedApplies);
  }
}
