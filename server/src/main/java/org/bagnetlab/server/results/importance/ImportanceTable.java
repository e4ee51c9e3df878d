package org.bagnetlab.server.results.importance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Table;

/** The importance of the settings of trainings on one data set, as a table. */
public final class ImportanceTable {

  private ImportanceTable() {}

  /** One row for each setting, the most important first; none if forests say nothing. */
  public static Table<DatasetImportance.Importance> of(
      DatasetImportance dataset, SweepImportance sweep) {
    return new Table<>(
        "importance",
        "Which settings matter for the validation accuracy on %s: %d %s%s with a result"
            .formatted(
                dataset.dataset(),
                dataset.trainings(),
                dataset.trainings() == 1 ? "training" : "trainings",
                dataset.fromRun() ? " from runs" : ""),
        List.of(
            column("setting", "Setting", Column.Role.NAME, DatasetImportance.Importance::setting)
                .shownAs(row -> Optional.of(setting(row))),
            column("values", "Values", Column.Role.VALUE, DatasetImportance.Importance::values),
            column("rise", "Error grows by", Column.Role.VALUE, DatasetImportance.Importance::rise)
                .shownAs(row -> Optional.of(points(row.rise()))),
            column("p", "p", Column.Role.VALUE, DatasetImportance.Importance::p)
                .shownAs(row -> Optional.of("%.3f".formatted(row.p()))),
            column("matters", "Matters", Column.Role.VALUE, DatasetImportance.Importance::matters)
                .shownAs(row -> Optional.of(row.matters() ? "yes" : "unclear"))),
        dataset.forest().map(DatasetImportance.Forest::settings).orElse(List.of()),
        notes(dataset, sweep));
  }

  private static String setting(DatasetImportance.Importance row) {
    return row.with().isEmpty()
        ? row.setting()
        : "%s (with %s)"
            .formatted(row.setting(), String.join(", ", row.with()).toLowerCase(Locale.ROOT));
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
        .ifPresent(
            epochs ->
                notes.add("Compared after %d epochs, if they reached them.".formatted(epochs)));
    if (dataset.selected()) {
      notes.add(
          "Measured with %d configurations, randomly selected.".formatted(DatasetImportance.MOST));
    }
    dataset
        .forest()
        .ifPresentOrElse(
            forest -> notes.addAll(notes(forest)),
            () ->
                notes.add(
                    "At least %d different configurations with a result are needed; there are %d."
                        .formatted(sweep.fewest(), dataset.configurations())));
    return notes;
  }

  private static List<String> notes(DatasetImportance.Forest forest) {
    String errors =
        "Typical error of random forests for configurations that they have not seen: %s; of the mean of the others: %s."
            .formatted(points(forest.error()), points(forest.errorOfMean()));
    return forest.settings().isEmpty()
        ? List.of(errors, "So the settings do not predict the accuracy.")
        : List.of(
            errors,
            "Growth: by how much this error grows when the values of the setting are shuffled.",
            "p: how often the growth of any setting, divided by its standard deviation, would be as large if none mattered; at least %s."
                .formatted(DatasetImportance.LEAST_P));
  }

  /** Points of accuracy; a value that rounds to zero has no sign. */
  private static String points(double share) {
    return "%.1f points".formatted(Math.round(1000 * share) / 10.0);
  }
}
