package org.bagnetlab.server.results.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows accuracy for smaller and smaller tiles as a table. */
public final class ScramblingCurveTable {

  private static final String NOTE =
      "Agreement: share of images with the same predicted class scrambled and whole."
          + " Permutations: of each image, over all runs.";

  private ScramblingCurveTable() {}

  /** One point of a network's curve. */
  private record Row(ScramblingCurve curve, ScramblingCurve.Point point) {}

  /** One row for each point of the curves. */
  public static Table<?> of(Scrambling view) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(
        AccuracyColumns.network(
            row -> row.curve().network().architecture(), row -> row.curve().network().label()));
    columns.add(AccuracyColumns.receptiveField(row -> row.curve().network().receptiveField()));
    columns.add(
        Column.of("grid", "Tiles per side", Role.NAME, row -> Optional.of(row.point().grid())));
    columns.add(Column.of("tile", "Tile (px)", Role.NAME, row -> Optional.of(row.point().tile())));
    columns.addAll(RowSettings.columns(row -> row.curve().network().settings()));
    columns.add(AccuracyColumns.seeds(row -> Optional.of(row.point().accuracy().n())));
    columns.add(AccuracyColumns.accuracy("whole", "Whole images", row -> row.curve().whole()));
    columns.add(
        AccuracyColumns.accuracy(
            "accuracy", "Scrambled", row -> Optional.of(row.point().accuracy())));
    columns.add(
        AccuracyColumns.share(
            "agreement", "Agreement", row -> Optional.of(row.point().agreement())));
    columns.add(
        AccuracyColumns.share(
            "withinTile", "Patches within one tile", row -> row.point().withinTile()));
    columns.add(
        Column.of(
            "permutations",
            "Permutations",
            Role.SETTING,
            row -> Optional.of(row.point().permutations())));
    return new Table<>(
        "scrambling-curves",
        "Accuracy on test images cut into smaller and smaller tiles",
        columns,
        view.curves().stream()
            .flatMap(curve -> curve.points().stream().map(point -> new Row(curve, point)))
            .toList(),
        AccuracyColumns.intervals(
            view.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .map(ScramblingCurve.Point::accuracy),
            NOTE));
  }
}
