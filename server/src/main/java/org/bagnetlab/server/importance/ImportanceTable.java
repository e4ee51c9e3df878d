package org.bagnetlab.server.importance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Table;

/** The importance of the settings of a sweep's trainings on one data set, as a table. */
public final class ImportanceTable {

  private ImportanceTable() {}

  /** One row for each setting, the most important first; none if forests say nothing. */
  public static Table<DatasetImportance.Importance> of(
      DatasetImportance dataset, SweepImportance sweep) {
    return new Table<>(
        "importance",
        "Which settings matter for the validation accuracy of %d trainings on %s"
            .formatted(dataset.trainings(), dataset.dataset()),
        List.of(
            column("setting", "Setting", Column.Role.NAME, DatasetImportance.Importance::setting),
            column("values", "Values", Column.Role.VALUE, DatasetImportance.Importance::values),
            column("rise", "Error grows by", Column.Role.VALUE, DatasetImportance.Importance::rise)
                .shownAs(row -> Optional.of(points(row.rise()))),
            column("p", "p", Column.Role.VALUE, DatasetImportance.Importance::p)
                .shownAs(row -> Optional.of("%.3f".formatted(row.p())))),
        dataset.forest().map(DatasetImportance.Forest::settings).orElse(List.of()),
        notes(dataset, sweep));
  }

  private static Column<DatasetImportance.Importance> column(
      String name,
      String label,
      Column.Role role,
      Function<DatasetImportance.Importance, Object> value) {
    return Column.of(name, label, role, row -> Optional.of(value.apply(row)));
  }

  private static List<String> notes(DatasetImportance dataset, SweepImportance sweep) {
    List<String> notes = new ArrayList<>();
    sweep
        .afterEpochs()
        .ifPresent(epochs -> notes.add("Compared after %d epochs.".formatted(epochs)));
    if (dataset.used() < dataset.trainings()) {
      notes.add("Measured with a random selection of %d.".formatted(dataset.used()));
    }
    notes.add(
        dataset
            .forest()
            .map(
                forest ->
                    "Typical error of random forests for trainings that they have not seen: %s; of the mean of the others: %s.%s Error grows by: when the values of the setting are shuffled. p: share of shuffles of the accuracies in which some setting has at least this growth."
                        .formatted(
                            points(forest.error()),
                            points(forest.errorOfMean()),
                            forest.error() < forest.errorOfMean()
                                ? ""
                                : " So the settings do not predict the accuracy."))
            .orElseGet(
                () ->
                    dataset.trainings() < sweep.fewest()
                        ? "At least %d trainings with a result are needed."
                            .formatted(sweep.fewest())
                        : "They do not differ in their settings."));
    return notes;
  }

  private static String points(double share) {
    return "%.1f points".formatted(100 * share);
  }
}
