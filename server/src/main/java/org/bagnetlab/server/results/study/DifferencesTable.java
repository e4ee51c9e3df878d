package org.bagnetlab.server.results.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.results.run.AccuracyColumns;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Shows the comparison of pairs of networks as a table. */
public final class DifferencesTable {

  private DifferencesTable() {}

  /** One row for each pair of networks. */
  public static Table<?> of(Differences view) {
    List<Column<Differences.Pair>> columns = new ArrayList<>();
    Function<String, Optional<String>> label =
        name ->
            view.networks().stream()
                .filter(each -> each.architecture().equals(name))
                .map(Differences.Network::label)
                .findFirst();
    columns.add(DifferenceColumns.network("first", "Network", Differences.Pair::first, label));
    columns.add(
        DifferenceColumns.network("second", "Compared with", Differences.Pair::second, label));
    columns.addAll(view.chosen().columns());
    columns.add(AccuracyColumns.seeds(pair -> Optional.of(pair.difference().bySeed().size())));
    columns.add(
        Column.of(
            "images", "Images", Role.SETTING, pair -> Optional.of(pair.difference().images())));
    columns.addAll(
        DifferenceColumns.of(pair -> Optional.of(pair.difference()), Differences.Pair::adjusted));
    return new Table<>(
        view.measure() == Measure.TEST ? "differences" : "differences-" + view.measure().text(),
        title(view),
        columns,
        view.pairs(),
        List.of("Differences are the first network's minus the second's.", DifferenceColumns.NOTE));
  }

  private static String title(Differences view) {
    return switch (view.measure()) {
      case TEST -> "Differences in test accuracy";
      case SCRAMBLED ->
          "Differences in accuracy on test images scrambled in %d × %d tiles"
              .formatted(view.grid(), view.grid());
      case SCRAMBLING_LOSS ->
          "Differences in what scrambling in %d × %d tiles costs"
              .formatted(view.grid(), view.grid());
    };
  }
}
