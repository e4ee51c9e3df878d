package org.bagnetlab.server.results.run;

import java.util.List;
import java.util.Optional;

/**
 * Reference values for accuracies on a data set.
 *
 * @param dataset name of the data set
 * @param chance accuracy of guessing one of its classes at random; absent if they are not known,
 *     since neither the data set nor a prediction is left
 * @param publishedApplies whether its classes are those of the report, so that measured accuracies
 *     can be compared with the published ones
 */
public record MeasuredOn(String dataset, Optional<Double> chance, boolean publishedApplies) {

  /**
   * The reference values for a data set with these classes. There are none if they are not known.
   */
  public static MeasuredOn of(String dataset, List<String> classes, Published published) {
    return new MeasuredOn(
        dataset,
        classes.isEmpty() ? Optional.empty() : Optional.of(1.0 / classes.size()),
        published.appliesTo(classes));
  }

  /**
   * Whether a table includes the accuracies of the report. This is the case if they are requested,
   * or if all measured accuracies are on the classes of the report.
   */
  public static boolean showPublished(boolean asked, List<MeasuredOn> datasets) {
    return asked || datasets.stream().allMatch(MeasuredOn::publishedApplies);
  }

  /** A note for tables on the accuracy of random guessing. */
  public static List<String> chanceNotes(List<MeasuredOn> datasets) {
    return datasets.stream()
        .flatMap(
            each ->
                each.chance().stream()
                    .map(
                        chance ->
                            "Chance on %s: %.1f %%, one of %d classes."
                                .formatted(each.dataset(), 100 * chance, Math.round(1 / chance))))
        .toList();
  }
}
