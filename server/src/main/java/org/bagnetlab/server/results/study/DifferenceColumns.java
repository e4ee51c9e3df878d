package org.bagnetlab.server.results.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;

/** Columns for differences between networks on the same images. */
final class DifferenceColumns {

  /** A note that explains how to read the columns. */
  static final String NOTE =
      "Differences are in points, on the same test images, with 95 % intervals over the seeds that"
          + " both networks have and their images; with *, over the images of one pair of runs only."
          + " Two and three seeds have no interval, but each seed's difference. However large the"
          + " difference, p is at least %s for 3 seeds, %s for 4, %s for 5 and %s for 6."
              .formatted(leastP(3), leastP(4), leastP(5), leastP(6))
          + " Corrected: after Holm, for all rows with a test.";

  private DifferenceColumns() {}

  private static String leastP(int seeds) {
    return String.format(Locale.ROOT, "%.2g", SeedMean.leastPOfTwo(seeds));
  }

  /**
   * A network of a pair.
   *
   * @param label returns the display name of an architecture, if it is in the view
   */
  static <R> Column<R> network(
      String name,
      String heading,
      Function<R, String> architecture,
      Function<String, Optional<String>> label) {
    return Column.<R>of(name, heading, Role.NAME, row -> Optional.of(architecture.apply(row)))
        .shownAs(row -> label.apply(architecture.apply(row)));
  }

  /**
   * Columns for a difference and its test.
   *
   * @param adjusted p-value after the correction over all rows
   */
  static <R> List<Column<R>> of(
      Function<R, Optional<PairedDifference>> difference, Function<R, Optional<Double>> adjusted) {
    return List.of(
        new Column<>(
            "Difference",
            Role.VALUE,
            List.of(
                field("difference", difference, found -> Optional.of(found.difference())),
                field("differenceLow", difference, PairedDifference::low),
                field("differenceHigh", difference, PairedDifference::high),
                field("differenceValues", difference, found -> Optional.of(values(found)))),
            row -> difference.apply(row).map(DifferenceColumns::text)),
        p("p", "p", row -> difference.apply(row).flatMap(PairedDifference::p)),
        p("adjusted", "Corrected p", adjusted));
  }

  private static <R> Field<R> field(
      String name,
      Function<R, Optional<PairedDifference>> difference,
      Function<PairedDifference, Optional<?>> part) {
    return new Field<>(name, row -> difference.apply(row).flatMap(part));
  }

  private static <R> Column<R> p(String name, String label, Function<R, Optional<Double>> value) {
    return Column.<R>of(name, label, Role.VALUE, value::apply)
        .shownAs(row -> value.apply(row).map(DifferenceColumns::p));
  }

  private static String values(PairedDifference difference) {
    return difference.bySeed().stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String text(PairedDifference difference) {
    if (difference.low().isEmpty()) {
      return difference.bySeed().stream()
          .map(DifferenceColumns::points)
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
