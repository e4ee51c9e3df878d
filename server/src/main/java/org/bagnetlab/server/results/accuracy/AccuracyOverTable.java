package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.MeasuredOn;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows test accuracy over a parameter of trainings as a table. */
public final class AccuracyOverTable {

  private static final String SPARSENESS =
      "Sparseness is Hoyer's, of each test image's logit map: 0 if all logits have the same magnitude, 1 if only one is not 0; its intervals are over seeds.";

  private AccuracyOverTable() {}

  /** A network that was trained with a value of the parameter. */
  private record Row(AccuracyOver.Curve curve, AccuracyOver.Point point) {}

  /**
   * One row for each point of the curves.
   *
   * @param name name of the table
   * @param parameter parameter over which the curves are drawn
   */
  public static Table<?> of(String name, Parameter<?> parameter, AccuracyOver view) {
    List<Row> rows =
        view.curves().stream()
            .flatMap(curve -> curve.points().stream().map(point -> new Row(curve, point)))
            .toList();
    boolean sparse = rows.stream().anyMatch(row -> row.point().sparseness().isPresent());
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row -> row.curve().network().architecture(), row -> row.curve().network().label()));
    columns.add(AccuracyColumns.receptiveField(row -> row.point().receptiveField()));
    columns.add(
        Column.of(
            "at",
            view.axis().label(),
            Role.NAME,
            row -> Optional.of(Decimal.plain(row.point().at()))));
    columns.addAll(RowSettings.columns(row -> row.point().settings()));
    columns.add(AccuracyColumns.seeds(row -> Optional.of(row.point().test().n())));
    columns.add(AccuracyColumns.accuracy("test", "Test", row -> Optional.of(row.point().test())));
    List<String> notes = new ArrayList<>(MeasuredOn.chanceNotes(view.datasets()));
    notes.addAll(AccuracyColumns.intervals(rows.stream().map(row -> row.point().test())));
    notes.add(parameter.help());
    if (sparse) {
      columns.add(
          AccuracyColumns.measured(
              "sparseness",
              EvidenceExperiment.SPARSENESS.label(),
              row -> row.point().sparseness()));
      notes.add(SPARSENESS);
    }
    return new Table<>(
        name,
        "Test accuracy over " + view.axis().label().toLowerCase(Locale.ROOT),
        columns,
        rows,
        notes);
  }
}
