package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows statistics of predictions as a table. */
public final class ScoresTable {

  private static final String NOTE =
      "Means over classes count a class that is never predicted with precision 0.";

  private ScoresTable() {}

  /** One row for each score. */
  public static Table<?> of(Scores view) {
    List<Column<Scores.Score>> columns = new ArrayList<>();
    columns.add(AccuracyColumns.network(Scores.Score::architecture, Scores.Score::label));
    columns.add(AccuracyColumns.receptiveField(Scores.Score::receptiveField));
    columns.add(
        Column.<Scores.Score>of("output", "Score", Role.NAME, score -> Optional.of(score.output()))
            .shownAs(score -> Optional.of(score.name())));
    columns.add(Column.of("set", "Set", Role.NAME, score -> Optional.of(score.set().text())));
    columns.addAll(view.chosen().columns());
    columns.add(AccuracyColumns.seeds(score -> Optional.of(score.value().n())));
    columns.add(AccuracyColumns.measured("value", "Value", score -> Optional.of(score.value())));
    return new Table<>(
        "scores",
        "What follows from the predictions: calibration and means over classes",
        columns,
        view.scores(),
        AccuracyColumns.intervalsOverSeeds(view.scores().stream().map(Scores.Score::value), NOTE));
  }
}
