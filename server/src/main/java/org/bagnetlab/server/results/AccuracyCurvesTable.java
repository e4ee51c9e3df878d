package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Test accuracy over a setting of trainings, in columns. */
final class AccuracyCurvesTable {

  private AccuracyCurvesTable() {}

  /** A network that was trained with a value of the setting. */
  private record Row(AccuracyCurve curve, AccuracyCurve.Point point) {

    RowSettings settings(Varied over) {
      return over.at().apply(curve.network().settings(), point);
    }
  }

  /** Over the number of training images. */
  static Table<?> overTrainImages(AccuracyCurves view, ViewFilter filter) {
    List<Column<Row>> columns = network();
    columns.add(position("images", "Training images"));
    columns.addAll(RowSettings.columns(row -> row.settings(Varied.TRAIN_IMAGES)));
    columns.addAll(found());
    return table(
        view,
        "learning-curves",
        "Test accuracy by the number of training images",
        columns,
        "All rows of a network have equally many epochs, so fewer images mean fewer steps, too.");
  }

  /** Over the factor of sparsity. */
  static Table<?> overSparsity(AccuracyCurves view, ViewFilter filter) {
    List<Column<Row>> columns = network();
    columns.add(position("factor", "Factor"));
    columns.addAll(RowSettings.columns(row -> row.settings(Varied.SPARSITY)));
    columns.addAll(found());
    columns.add(
        AccuracyColumns.measured(
            "sparseness", EvidenceExperiment.SPARSENESS.label(), row -> row.point().sparseness()));
    return table(
        view,
        "sparsity-curves",
        "Test accuracy by the factor of sparsity",
        columns,
        "Sparseness is Hoyer's, of each test image's logit map: 0 if all logits have the same magnitude, 1 if only one is not 0; its intervals are over seeds.");
  }

  private static List<Column<Row>> network() {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row -> row.curve().network().architecture(), row -> row.curve().network().label()));
    columns.add(AccuracyColumns.receptiveField(row -> row.curve().network().receptiveField()));
    return columns;
  }

  private static Column<Row> position(String name, String label) {
    return Column.of(name, label, Role.NAME, row -> Optional.of(Decimal.plain(row.point().at())));
  }

  private static List<Column<Row>> found() {
    return List.of(
        AccuracyColumns.seeds(row -> Optional.of(row.point().test().n())),
        AccuracyColumns.measured("test", "Test", row -> Optional.of(row.point().test())));
  }

  private static Table<?> table(
      AccuracyCurves view, String name, String title, List<Column<Row>> columns, String note) {
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.addAll(
        AccuracyColumns.intervals(
            view.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .map(AccuracyCurve.Point::test)));
    notes.add(note);
    return new Table<>(
        name,
        title,
        columns,
        view.curves().stream()
            .flatMap(curve -> curve.points().stream().map(point -> new Row(curve, point)))
            .toList(),
        notes);
  }
}
