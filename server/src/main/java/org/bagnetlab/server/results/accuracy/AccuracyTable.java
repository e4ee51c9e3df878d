package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.accuracy.AccuracyRow.PublishedNetwork;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/**
 * Shows accuracies of networks as tables. A table includes the accuracies of the report if
 * requested; see {@link MeasuredOn#showPublished}.
 */
public final class AccuracyTable {

  private AccuracyTable() {}

  /** Table 1 on a data set. */
  public static Table<?> of(Comparison view, boolean withPublished) {
    boolean measured = view.rows().stream().anyMatch(row -> !row.runs().isEmpty());
    Table<?> table =
        table(
            "comparison",
            "Accuracy of the networks of Table 1 on %s".formatted(view.on().dataset()),
            Map.of(
                MeasuredSet.VALIDATION,
                "Validation",
                MeasuredSet.TEST,
                "Test",
                MeasuredSet.SCRAMBLED,
                "Scrambled"),
            view.rows(),
            List.of(view.on()),
            MeasuredOn.showPublished(withPublished, measured ? List.of(view.on()) : List.of()));
    return without(table, view.settings().otherConfigurations());
  }

  /** The table with a note of configurations that are not in it. */
  private static Table<?> without(Table<?> table, int others) {
    return switch (others) {
      case 0 -> table;
      case 1 -> table.with("1 configuration of another setting or learning rate is left out.");
      default ->
          table.with(
              "%d configurations of other settings or learning rates are left out."
                  .formatted(others));
    };
  }

  /** Accuracy over the receptive field, the largest field last. */
  public static Table<?> of(ReceptiveFields view, boolean withPublished) {
    boolean published = MeasuredOn.showPublished(withPublished, view.on().datasets());
    return without(
        table(
            "receptive-field",
            "Test accuracy by receptive field",
            Map.of(MeasuredSet.TEST, "Test"),
            withOthers(view.accuracies(), view.published(), published).stream()
                .sorted(
                    Comparator.comparing(
                        row -> row.network().receptiveField().orElse(Integer.MAX_VALUE)))
                .toList(),
            view.on().datasets(),
            published),
        view.on().otherConfigurations());
  }

  /** Clean and scrambled accuracy, with the loss by scrambling. */
  public static Table<?> of(Scrambling view, boolean withPublished) {
    boolean published = MeasuredOn.showPublished(withPublished, view.on().datasets());
    return without(
        table(
            "scrambling",
            "Accuracy on clean and scrambled test images",
            Map.of(MeasuredSet.TEST, "Clean", MeasuredSet.SCRAMBLED, "Scrambled"),
            withOthers(view.rows(), view.published(), published),
            view.on().datasets(),
            published),
        view.on().otherConfigurations());
  }

  /**
   * The measured networks, followed by those with only published accuracies, if these are shown.
   */
  private static List<AccuracyRow> withOthers(
      List<AccuracyRow> measured, List<PublishedNetwork> published, boolean shown) {
    return Stream.concat(
            measured.stream(),
            published.stream()
                .map(network -> AccuracyRow.of(network, Optional.empty()))
                .filter(
                    other ->
                        shown
                            && measured.stream()
                                .noneMatch(row -> row.architecture().equals(other.architecture()))))
        .toList();
  }

  /**
   * A table.
   *
   * @param labels column headings for each set of images
   * @param datasets data sets of the measurements
   */
  private static Table<?> table(
      String name,
      String title,
      Map<MeasuredSet, String> labels,
      List<AccuracyRow> rows,
      List<MeasuredOn> datasets,
      boolean published) {
    boolean ofScrambling = name.equals("scrambling");
    EnumMap<MeasuredSet, String> sets = new EnumMap<>(labels);
    List<Column<AccuracyRow>> columns = new ArrayList<>();
    columns.add(AccuracyColumns.network(AccuracyRow::architecture, row -> row.network().label()));
    if (!ofScrambling) {
      columns.add(AccuracyColumns.receptiveField(row -> row.network().receptiveField()));
    }
    columns.addAll(RowSettings.columns(row -> row.network().settings()));
    columns.add(
        AccuracyColumns.seeds(
            row ->
                sets.containsKey(MeasuredSet.VALIDATION)
                    ? Optional.of(row.runs().size()).filter(seeds -> seeds > 0)
                    : row.on(MeasuredSet.TEST).map(Measured::n)));
    sets.forEach(
        (set, label) ->
            columns.add(AccuracyColumns.accuracy(set.text(), label, row -> row.on(set))));
    if (ofScrambling) {
      columns.addAll(costOfScrambling());
    }
    columns.add(AccuracyColumns.linearBagLimit(AccuracyRow::linearBagLimit));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(datasets));
    notes.addAll(
        AccuracyColumns.intervals(
            rows.stream()
                .flatMap(row -> sets.keySet().stream().flatMap(set -> row.on(set).stream()))));
    if (!ofScrambling && rows.stream().anyMatch(row -> row.readouts().isPresent())) {
      columns.addAll(AccuracyColumns.readouts(AccuracyRow::readouts));
      notes.add(AccuracyColumns.READOUTS);
    }
    if (published) {
      sets.forEach((set, label) -> columns.add(published(set, label)));
      notes.add(AccuracyColumns.PUBLISHED);
    }
    return new Table<>(name, title, columns, rows, notes);
  }

  private static Column<AccuracyRow> published(MeasuredSet set, String label) {
    return AccuracyColumns.share(
        "published" + Character.toUpperCase(set.text().charAt(0)) + set.text().substring(1),
        "Published " + label.toLowerCase(Locale.ROOT),
        row -> row.published().on(set),
        set == MeasuredSet.SCRAMBLED
            ? AccuracyColumns.DIGITS_OF_SCRAMBLED
            : AccuracyColumns.DIGITS);
  }

  private static Optional<Double> change(AccuracyRow row) {
    return row.scrambled()
        .map(Measured::mean)
        .flatMap(mean -> row.test().map(test -> mean - test.mean()));
  }

  /** Columns for the loss by scrambling, and for the range over several scramblings. */
  private static List<Column<AccuracyRow>> costOfScrambling() {
    return List.of(
        Column.<AccuracyRow>of(
                "change", "Scrambled − clean (points)", Role.VALUE, row -> change(row))
            .shownAs(row -> change(row).map(share -> "%+.1f".formatted(100 * share))),
        Column.of(
            "scramblings", "Scramblings", Role.VALUE, row -> row.scramblings().map(Scramblings::n)),
        AccuracyColumns.share(
            "scramblingsMean", "Mean over them", row -> row.scramblings().map(Scramblings::mean)),
        AccuracyColumns.share(
            "scramblingsLowest", "Lowest", row -> row.scramblings().map(Scramblings::lowest)),
        AccuracyColumns.share(
            "scramblingsHighest", "Highest", row -> row.scramblings().map(Scramblings::highest)));
  }
}
