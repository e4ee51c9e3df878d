package org.bagnetlab.server.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.server.table.Table;

/** Networks compared in pairs, in columns. */
final class DifferencesTable {

  private static final String NOTE =
      "Differences are the first network's minus the second's, in points, on the same test images,"
          + " with 95 % intervals over the seeds that both have and their images; with *, over the"
          + " images of one pair of runs only. Two seeds have no interval, but both differences."
          + " p-values are corrected after Holm.";

  private DifferencesTable() {}

  static Table<?> of(Differences view, ViewFilter filter) {
    List<Column<Differences.Pair>> columns = new ArrayList<>();
    columns.add(network("first", "Network", view, true));
    columns.add(network("second", "Compared with", view, false));
    columns.addAll(RowSettings.columns(pair -> view.setting().map(Setting::row)));
    columns.add(AccuracyColumns.seeds(pair -> Optional.of(pair.difference().bySeed().size())));
    columns.add(
        Column.of(
            "images", "Images", Role.SETTING, pair -> Optional.of(pair.difference().images())));
    columns.add(difference());
    columns.add(
        Column.<Differences.Pair>of("p", "p", Role.VALUE, pair -> pair.difference().p())
            .shownAs(pair -> pair.difference().p().map(DifferencesTable::p)));
    columns.add(
        Column.<Differences.Pair>of(
                "adjusted", "Corrected p", Role.VALUE, Differences.Pair::adjusted)
            .shownAs(pair -> pair.adjusted().map(DifferencesTable::p)));
    return new Table<>("differences", title(view.measure()), columns, view.pairs(), List.of(NOTE));
  }

  private static String title(Measure measure) {
    return switch (measure) {
      case TEST -> "Differences in test accuracy";
      case SCRAMBLED -> "Differences in accuracy on scrambled test images";
      case SCRAMBLING_LOSS -> "Differences in what scrambling costs";
    };
  }

  private static Column<Differences.Pair> network(
      String name, String label, Differences view, boolean first) {
    return Column.<Differences.Pair>of(
            name, label, Role.NAME, pair -> Optional.of(first ? pair.first() : pair.second()))
        .shownAs(
            pair ->
                view.networks().stream()
                    .filter(
                        each -> each.architecture().equals(first ? pair.first() : pair.second()))
                    .map(Differences.Network::label)
                    .findFirst());
  }

  private static Column<Differences.Pair> difference() {
    return new Column<>(
        "Difference",
        Role.VALUE,
        List.of(
            new Field<>("difference", pair -> Optional.of(pair.difference().difference())),
            new Field<>("differenceLow", pair -> pair.difference().low()),
            new Field<>("differenceHigh", pair -> pair.difference().high()),
            new Field<>(
                "differenceValues",
                pair ->
                    Optional.of(
                        pair.difference().bySeed().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))))),
        pair -> Optional.of(text(pair.difference())));
  }

  private static String text(PairedDifference difference) {
    if (difference.low().isEmpty()) {
      return difference.bySeed().stream()
          .map(DifferencesTable::points)
          .collect(Collectors.joining(", "));
    }
    return "%s (%s to %s)%s"
        .formatted(
            points(difference.difference()),
            points(difference.low().orElseThrow()),
            points(difference.high().orElseThrow()),
            difference.bySeed().size() == 1 ? "*" : "");
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }

  private static String p(double value) {
    return value < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", value);
  }
}
