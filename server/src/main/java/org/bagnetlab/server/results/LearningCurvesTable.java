package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Test accuracy over the number of training images, in columns. */
final class LearningCurvesTable {

  private LearningCurvesTable() {}

  /** A network that learnt a number of images. */
  private record Row(LearningCurve curve, LearningCurve.Point point) {

    RowSettings settings() {
      return curve.network().settings().learning(point.limit());
    }
  }

  static Table<?> of(LearningCurves view, ViewFilter filter) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row -> row.curve().network().architecture(), row -> row.curve().network().label()));
    columns.add(AccuracyColumns.receptiveField(row -> row.curve().network().receptiveField()));
    columns.add(
        Column.of(
            "images", "Training images", Role.NAME, row -> Optional.of(row.point().images())));
    columns.addAll(RowSettings.columns(row -> Optional.of(row.settings())));
    columns.add(
        Column.of(
            "recipe", "Recipe", Role.SETTING, row -> Optional.of(row.curve().recipe().text())));
    columns.add(
        Column.of("epochs", "Epochs", Role.SETTING, row -> Optional.of(row.curve().epochs())));
    columns.add(AccuracyColumns.seeds(row -> Optional.of(row.point().test().n())));
    columns.add(AccuracyColumns.measured("test", "Test", row -> Optional.of(row.point().test())));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.add(AccuracyColumns.INTERVALS);
    notes.add(
        "All rows of a network have equally many epochs, so fewer images mean fewer steps, too.");
    return new Table<>(
        "learning-curves",
        "Test accuracy by the number of training images",
        columns,
        view.curves().stream()
            .flatMap(curve -> curve.points().stream().map(point -> new Row(curve, point)))
            .toList(),
        notes);
  }
}
