package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;

/**
 * What accuracies on a data set can be compared with.
 *
 * @param dataset its name
 * @param chance accuracy of guessing: one of so many classes; absent for a data set that was
 *     removed
 * @param publishedApplies whether its classes are those of the report, so that published accuracies
 *     may stand beside measured ones
 */
public record MeasuredOn(String dataset, Optional<Double> chance, boolean publishedApplies) {

  /** Of a data set with these classes; none: it is not known any more. */
  public static MeasuredOn of(String dataset, List<String> classes, Published published) {
    return new MeasuredOn(
        dataset,
        classes.isEmpty() ? Optional.empty() : Optional.of(1.0 / classes.size()),
        published.appliesTo(classes));
  }

  /**
   * Whether a table has the report's accuracies: if they were requested, or if all measured ones
   * are of the report's classes.
   */
  public static boolean showPublished(boolean asked, List<MeasuredOn> datasets) {
    return asked || datasets.stream().allMatch(MeasuredOn::publishedApplies);
  }

  /** A note for tables: what guessing gives. */
  public static List<String> chanceNotes(List<MeasuredOn> datasets) {
    return datasets.stream()
        .flatMap(
            each ->
                each.chance().stream()
                    .map(
                        chance ->
                            "Chance on %s: %.3f, one of %d classes."
                                .formatted(each.dataset(), chance, Math.round(1 / chance))))
        .toList();
  }
}
