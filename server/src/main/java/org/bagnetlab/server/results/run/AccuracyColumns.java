package org.bagnetlab.server.results.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.statistics.SeedMean;
import org.bagnetlab.server.table.Column;
import org.bagnetlab.server.table.Column.Field;
import org.bagnetlab.server.table.Column.Role;
import org.bagnetlab.vision.dataset.generated.PatchReadouts;

/** Columns of accuracies, and of the settings that they depend on. */
public final class AccuracyColumns {

  private static final String INTERVALS =
      "In brackets: 95 % intervals over seeds and images; with *, over the images of one run only,"
          + " without variation between seeds. Of two and three seeds each value is given; two have"
          + " no interval.";

  private static final String INTERVALS_OVER_SEEDS =
      "In brackets: 95 % intervals over seeds (Student's). Of two and three seeds each value is"
          + " given; one seed and two have no interval.";

  /** The source of the published accuracies. */
  public static final String PUBLISHED = "Published: 15-scene, 224 px, pretrained on ImageNet.";

  /** Number of digits after the decimal point of a share in per cent, unless fewer are known. */
  public static final int DIGITS = 1;

  /** The report prints accuracies on scrambled images with fewer digits than others. */
  public static final int DIGITS_OF_SCRAMBLED = 0;

  /** Explains the columns of {@link #readouts}. */
  public static final String READOUTS =
      "Linear-bag limit: of a linear readout of the patches that minimises cross-entropy. Linear"
          + " readout: of one that is trained for accuracy. Best readout: of the best function of"
          + " the same patches.";

  /** Number of digits of a linear readout, which is a lower bound and therefore rounded down. */
  private static final int DIGITS_OF_LINEAR_READOUT = 0;

  /** The separator between the values of one field. */
  private static final String SEPARATOR = " ";

  private AccuracyColumns() {}

  /**
   * Notes on how {@link #measured} shows the uncertainty of accuracies, followed by further notes.
   */
  public static List<String> intervals(Stream<Measured> shown, String... more) {
    return notes(INTERVALS, shown, more);
  }

  /** The same notes for values that are not shares of images. */
  public static List<String> intervalsOverSeeds(Stream<Measured> shown, String... more) {
    return notes(INTERVALS_OVER_SEEDS, shown, more);
  }

  private static List<String> notes(String intervals, Stream<Measured> shown, String... more) {
    List<String> notes = new ArrayList<>(List.of(intervals));
    shown.flatMap(each -> each.caution().stream()).distinct().forEach(notes::add);
    notes.addAll(List.of(more));
    return notes;
  }

  /** A measured accuracy, or another share of images, displayed in per cent. */
  public static <R> Column<R> accuracy(
      String name, String label, Function<R, Optional<Measured>> value) {
    return measured(name, inPercent(label), value, share -> percent(share, DIGITS));
  }

  /**
   * A measured number with everything known about its uncertainty.
   *
   * @param name name of the field with the mean; the names of the other fields begin with it
   */
  public static <R> Column<R> measured(
      String name, String label, Function<R, Optional<Measured>> value) {
    return measured(name, label, value, "%.3f"::formatted);
  }

  private static <R> Column<R> measured(
      String name,
      String label,
      Function<R, Optional<Measured>> value,
      Function<Double, String> written) {
    return new Column<>(
        label,
        Role.VALUE,
        List.of(
            field(name, value, Measured::mean),
            optional(name + "Low", value, Measured::low),
            optional(name + "High", value, Measured::high),
            optional(
                name + "Interval",
                value,
                each -> each.interval().map(way -> Json.MAPPER.convertValue(way, String.class))),
            optional(name + "Sd", value, Measured::sd),
            field(name + "Seeds", value, Measured::n),
            field(name + "Images", value, Measured::images),
            field(name + "NotConverged", value, each -> each.notConverged().orElse(0)),
            field(name + "Values", value, AccuracyColumns::values)),
        row -> value.apply(row).map(measured -> text(measured, written)));
  }

  /** The heading of a column of shares in per cent. */
  public static String inPercent(String label) {
    return label + " (%)";
  }

  /**
   * A share in per cent, without the sign.
   *
   * @param digits digits after the decimal point
   */
  public static String percent(double share, int digits) {
    return ("%." + digits + "f").formatted(100 * share);
  }

  /** A share without an interval, displayed in per cent. */
  public static <R> Column<R> share(
      String name, String label, Function<R, Optional<Double>> value) {
    return share(name, label, value, DIGITS);
  }

  /**
   * A share without an interval, displayed in per cent with this number of digits.
   *
   * @param digits digits after the decimal point
   */
  public static <R> Column<R> share(
      String name, String label, Function<R, Optional<Double>> value, int digits) {
    return Column.<R>of(name, inPercent(label), Role.VALUE, value::apply)
        .shownAs(row -> value.apply(row).map(share -> percent(share, digits)));
  }

  /**
   * The accuracy of a linear bag of the network's patches. The machine-readable field is named
   * {@code ceiling}. It is not displayed for a network that sees the whole image.
   */
  public static <R> Column<R> linearBagLimit(Function<R, Optional<Double>> limit) {
    Column<R> column = share("ceiling", "Linear-bag limit", limit);
    return column.shownAs(
        row ->
            limit.apply(row).filter(share -> share < 1).flatMap(share -> column.text().apply(row)));
  }

  /** The accuracies of other readouts of the network's patches. */
  public static <R> List<Column<R>> readouts(Function<R, Optional<PatchReadouts>> readouts) {
    return List.of(
        share(
            "linearReadout",
            "Linear readout, at least",
            row -> readouts.apply(row).map(PatchReadouts::linear),
            DIGITS_OF_LINEAR_READOUT),
        share("bestReadout", "Best readout", row -> readouts.apply(row).map(PatchReadouts::best)));
  }

  /** The number of seeds with which the accuracies of a row were measured. */
  public static <R> Column<R> seeds(Function<R, Optional<Integer>> seeds) {
    return Column.of("seeds", "Seeds", Role.SETTING, seeds::apply);
  }

  /** The receptive field: the side length of the patch on which a decision is based. */
  public static <R> Column<R> receptiveField(Function<R, Optional<Integer>> field) {
    return Column.<R>of("receptiveField", "Field (px)", Role.NAME, field::apply)
        .shownAs(row -> Optional.of(field.apply(row).map(String::valueOf).orElse("whole image")));
  }

  /** The network, in machine-readable and in displayed form. */
  public static <R> Column<R> network(Function<R, String> architecture, Function<R, String> label) {
    return new Column<>(
        "Network",
        Role.NAME,
        List.of(
            new Field<>("architecture", row -> Optional.of(architecture.apply(row))),
            new Field<>("network", row -> Optional.of(label.apply(row)))),
        row -> Optional.of(label.apply(row)));
  }

  private static <R> Field<R> field(
      String name, Function<R, Optional<Measured>> value, Function<Measured, Object> part) {
    return new Field<>(name, row -> value.apply(row).map(part));
  }

  private static <R> Field<R> optional(
      String name, Function<R, Optional<Measured>> value, Function<Measured, Optional<?>> part) {
    return new Field<>(name, row -> value.apply(row).flatMap(part));
  }

  private static String values(Measured value) {
    return value.values().stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
  }

  /**
   * The text of a measured value. For a single run, the interval is over its images only. For two
   * runs there is no interval, so both values are shown.
   */
  private static String text(Measured value, Function<Double, String> written) {
    String values = value.values().stream().map(written).collect(Collectors.joining(", "));
    if (value.interval().isEmpty()) {
      return values;
    }
    return "%s (%s–%s)%s"
        .formatted(
            written.apply(value.mean()),
            written.apply(value.low().orElseThrow()),
            written.apply(value.high().orElseThrow()),
            switch (value.n()) {
              case 1 -> "*";
              case 2, SeedMean.FEWEST_SEEDS -> ": " + values;
              default -> "";
            });
  }
}
