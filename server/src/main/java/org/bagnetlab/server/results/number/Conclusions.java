package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.output.OutputReading.Boundary.Compared;
import org.bagnetlab.server.results.number.Analysis.Row;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/**
 * Says what the numbers of an output show, and no more than their intervals and seeds allow: one
 * sentence for each verdict, with the networks that it is true of and their numbers. Each interval
 * is one of 95 % on its own.
 */
final class Conclusions {

  /** With fewer seeds, numbers that are not shares of images have no interval. */
  private static final int FEWEST_SEEDS = 3;

  /** Below it, differences of seeds differ by rounding only. */
  private static final double NO_VARIANCE = 1e-18;

  private static final String ALIKE = "Nothing can be concluded, since all runs differ by the same";
  private static final String FEW = "Nothing can be concluded from so few seeds";
  private static final String MISSING =
      "Nothing can be concluded without a position at which all runs have what these numbers are compared with";
  private static final String OPEN = "No difference is found";

  private final Output output;
  private final List<Axis> parameters;
  private final List<Row> rows;
  private final Function<Output, List<Row>> others;
  private final NetworkNames names;

  private Conclusions(
      Output output, List<Axis> parameters, List<Row> rows, Function<Output, List<Row>> others) {
    this.output = output;
    this.parameters = parameters;
    this.rows = rows;
    this.others = others;
    this.names = new NetworkNames(rows);
  }

  /**
   * The sentences for an output; none if nothing says how to read it.
   *
   * @param parameters parameters of the jobs that are part of the position
   * @param rows at least one
   * @param others the rows of another output of the same experiment
   */
  static List<String> of(
      Output output, List<Axis> parameters, List<Row> rows, Function<Output, List<Row>> others) {
    Conclusions conclusions = new Conclusions(output, parameters, rows, others);
    return output
        .reading()
        .map(
            reading ->
                switch (reading) {
                  case OutputReading.Boundary boundary -> conclusions.by(boundary);
                  case OutputReading.FromPosition from -> conclusions.by(from);
                  case OutputReading.FromOutput from -> conclusions.by(from);
                  case OutputReading.Range range -> conclusions.range();
                })
        .orElse(List.of());
  }

  /**
   * What is true of the numbers at a position.
   *
   * @param verdict what is true
   * @param of the network, and what else is told apart
   * @param values the numbers
   * @param alone the numbers in words, if this is the only position
   * @param runs how many runs count, if it is said
   */
  private record Finding(
      String verdict, String of, List<Double> values, String alone, String runs) {}

  /**
   * One sentence for each verdict that is true of some position.
   *
   * @param verdicts in the order of the sentences
   * @param written writes a number
   * @param unit what follows numbers
   */
  private List<String> sentences(
      Stream<String> verdicts,
      List<Finding> findings,
      Function<Double, String> written,
      String unit) {
    Map<String, Long> positions =
        findings.stream().collect(Collectors.groupingBy(Finding::of, Collectors.counting()));
    return verdicts
        .filter(verdict -> findings.stream().anyMatch(each -> each.verdict().equals(verdict)))
        .map(
            verdict ->
                findings.stream()
                    .filter(each -> each.verdict().equals(verdict))
                    .collect(
                        Collectors.groupingBy(Finding::of, LinkedHashMap::new, Collectors.toList()))
                    .entrySet()
                    .stream()
                    .map(
                        each ->
                            "%s (%s)"
                                .formatted(
                                    each.getKey(),
                                    numbers(
                                        each.getValue(),
                                        Objects.requireNonNull(positions.get(each.getKey())),
                                        written,
                                        unit)))
                    .collect(Collectors.joining(", ", verdict + ": ", ".")))
        .toList();
  }

  private String numbers(
      List<Finding> found, long positions, Function<Double, String> written, String unit) {
    if (positions == 1) {
      return found.get(0).alone();
    }
    String where = output.axes().contains(Axis.CLASS) ? "classes" : "positions";
    List<Double> values = found.stream().flatMap(each -> each.values().stream()).toList();
    return Stream.of(
            found.size() == positions
                ? ""
                : "at %d of %d %s".formatted(found.size(), positions, where),
            values.isEmpty() ? "" : ends(values, written) + unit,
            found.stream().map(Finding::runs).distinct().collect(Collectors.joining(" or ")))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  // Boundaries.

  private List<String> by(OutputReading.Boundary boundary) {
    String open =
        "Nothing can be concluded about the side of %s"
            .formatted(NumberWords.boundary(boundary.at(), output.metric().unit()));
    Optional<String> undefined =
        boundary
            .defined()
            .map(
                bound ->
                    "%s below %s or unknown, so that nothing can be concluded"
                        .formatted(
                            bound.output().label(),
                            NumberWords.boundary(bound.least(), bound.output().metric().unit())));
    Function<Double, String> written =
        value -> NumberWords.of(value, output.metric().unit(), boundary.at());
    List<Finding> findings = new ArrayList<>();
    for (List<Row> all : groups(List.of())) {
      for (Row row : boundary.compared() == Compared.LAST_MEANS ? last(all) : all) {
        String verdict =
            boundary.defined().filter(bound -> !holds(bound, row)).isPresent()
                ? undefined.orElseThrow()
                : verdict(row, boundary).orElse(open);
        boolean ofRuns = boundary.compared() == Compared.RUNS;
        findings.add(
            new Finding(
                verdict,
                label(row),
                ofRuns ? row.value().values() : List.of(row.value().mean()),
                ofRuns ? ends(row.value().values(), written) : measured(row.value(), written),
                ""));
      }
    }
    return withScope(
        sentences(
            Stream.of(
                    Stream.of(boundary.reached()),
                    boundary.confirmed().map(OutputReading.Confirmed::below).stream(),
                    Stream.of(boundary.below(), open),
                    undefined.stream())
                .flatMap(verdicts -> verdicts),
            findings,
            written,
            ""));
  }

  /** What the numbers at a position show; empty if they can be on either side. */
  private Optional<String> verdict(Row row, OutputReading.Boundary boundary) {
    Measured value = row.value();
    double at = boundary.at();
    boolean ofRuns = boundary.compared() == Compared.RUNS;
    // Without a width, an interval says only that all seeds have the same number.
    boolean wide = value.low().isPresent() && !value.low().equals(value.high());
    boolean reached =
        ofRuns
            ? value.values().stream().allMatch(each -> each >= at)
            : wide && value.low().filter(low -> low > at).isPresent();
    boolean below =
        ofRuns
            ? value.values().stream().allMatch(each -> each < at)
            : wide && value.high().filter(high -> high < at).isPresent();
    return reached
        ? Optional.of(boundary.reached())
        : below
            ? Optional.of(
                boundary
                    .confirmed()
                    .filter(confirmed -> holds(confirmed.by(), row))
                    .map(OutputReading.Confirmed::below)
                    .orElse(boundary.below()))
            : Optional.empty();
  }

  /** Whether the numbers of another output keep a bound, at the same position and in all runs. */
  private boolean holds(OutputReading.Bound bound, Row row) {
    return others.apply(bound.output()).stream()
        .filter(other -> PairedRuns.sameImages(row, other) && row.at().equals(other.at()))
        .findFirst()
        .map(PairedRuns::valueOfRun)
        .filter(
            values ->
                row.runs().stream()
                    .allMatch(
                        run -> values.getOrDefault(run, Double.NEGATIVE_INFINITY) >= bound.least()))
        .isPresent();
  }

  /** The rows at the last position on the first axis. */
  private List<Row> last(List<Row> all) {
    String first = output.axes().get(0).name();
    Comparator<JsonNode> order = Comparator.comparingDouble(JsonNode::asDouble);
    JsonNode last = all.stream().map(row -> row.at().get(first)).max(order).orElseThrow();
    return all.stream().filter(row -> last.equals(row.at().get(first))).toList();
  }

  // Comparisons.

  private List<String> by(OutputReading.FromPosition from) {
    String axis = from.axis().name();
    Map<Boolean, List<Row>> isReference =
        rows.stream()
            .collect(Collectors.partitioningBy(row -> from.position().equals(text(row, axis))));
    return compared(
        groups(List.of(axis, Axis.CLASS.name())).stream()
            .filter(group -> !from.position().equals(text(group.get(0), axis)))
            .map(
                group ->
                    compare(
                        group,
                        Objects.requireNonNull(isReference.get(true)),
                        (row, reference) -> without(row, axis).equals(without(reference, axis)),
                        from.higher(),
                        from.lower()))
            .toList(),
        from.higher(),
        from.lower());
  }

  private List<String> by(OutputReading.FromOutput from) {
    List<Row> references = others.apply(from.output());
    return compared(
        groups(List.of(Axis.CLASS.name())).stream()
            .map(
                group ->
                    compare(
                        group,
                        references,
                        (row, reference) ->
                            row.at().entrySet().containsAll(reference.at().entrySet()),
                        from.higher(),
                        from.lower()))
            .toList(),
        from.higher(),
        from.lower());
  }

  private Finding compare(
      List<Row> group, List<Row> references, PairedRuns.Match match, String higher, String lower) {
    String of = label(group.get(0));
    return PairedRuns.of(group, references, match)
        .map(paired -> found(paired.mean(), of, paired.counted(), higher, lower))
        .orElseGet(
            () ->
                new Finding(
                    MISSING,
                    of,
                    List.of(),
                    ends(group.stream().map(row -> row.value().mean()).toList(), this::written),
                    ""));
  }

  private Finding found(SeedMean mean, String of, String runs, String higher, String lower) {
    List<Double> difference = List.of(mean.mean());
    String words = signed(mean.mean()) + points();
    int needed = mean.fewestSeeds(PairedDifference.ERROR);
    if (mean.bySeed().size() < needed) {
      String few = "%s, %d needed".formatted(runs, needed);
      return new Finding(FEW, of, difference, "%s, %s".formatted(words, few), few);
    }
    if (mean.ofSeeds() + mean.ofImages() < NO_VARIANCE) {
      return new Finding(ALIKE, of, difference, "%s, %s".formatted(words, runs), runs);
    }
    Interval interval = mean.interval(PairedDifference.ERROR).orElseThrow();
    return new Finding(
        interval.low() > 0 ? higher : interval.high() < 0 ? lower : OPEN,
        of,
        difference,
        "%s, 95 %% %s to %s%s, %s"
            .formatted(
                words,
                signed(interval.low()),
                signed(interval.high()),
                mean.ofImages() == 0 ? " over these images" : "",
                runs),
        runs);
  }

  private List<String> compared(List<Finding> findings, String higher, String lower) {
    return findings.isEmpty()
        ? List.of("Nothing can be concluded: there is nothing to compare with the reference.")
        : sentences(
            Stream.of(higher, lower, OPEN, ALIKE, FEW, MISSING), findings, this::signed, points());
  }

  // Ranges.

  private List<String> range() {
    Comparator<Row> byMean = Comparator.comparingDouble(row -> row.value().mean());
    Row lowest = rows.stream().min(byMean).orElseThrow();
    Row highest = rows.stream().max(byMean).orElseThrow();
    if (rows.size() == 1) {
      return withScope(
          List.of("%s: %s.".formatted(place(lowest), measured(lowest.value(), this::written))));
    }
    if (written(lowest.value().mean()).equals(written(highest.value().mean()))) {
      return withScope(List.of("All round to %s.".formatted(written(lowest.value().mean()))));
    }
    return withScope(List.of("From %s to %s.".formatted(measuredAt(lowest), measuredAt(highest))));
  }

  /** A number with its place and interval, for example: 0.40 (BagNet-9, 95 % 0.38 to 0.42). */
  private String measuredAt(Row row) {
    return "%s (%s%s)"
        .formatted(written(row.value().mean()), place(row), interval(row.value(), this::written));
  }

  // Words.

  /** Adds which networks have too few seeds to tell of others. */
  private List<String> withScope(List<String> sentences) {
    List<Row> few = rows.stream().filter(row -> row.value().n() < FEWEST_SEEDS).toList();
    if (few.isEmpty()) {
      return sentences;
    }
    List<String> of = few.stream().map(names::of).distinct().toList();
    boolean all = of.size() == rows.stream().map(Row::configuration).distinct().count();
    return Stream.concat(
            sentences.stream(),
            Stream.of(
                "Fewer than three seeds%s: this tells of these runs, not of other seeds."
                    .formatted(all ? "" : " of " + String.join(", ", of))))
        .toList();
  }

  /** A mean and its interval. */
  private static String measured(Measured value, Function<Double, String> written) {
    return written.apply(value.mean()) + interval(value, written);
  }

  private static String interval(Measured value, Function<Double, String> written) {
    return value
        .low()
        .flatMap(
            low ->
                value
                    .high()
                    .map(
                        high ->
                            ", 95 %% %s to %s".formatted(written.apply(low), written.apply(high))))
        .orElse("");
  }

  /** The smallest and the largest number. */
  private static String ends(List<Double> values, Function<Double, String> written) {
    String low = written.apply(Collections.min(values));
    String high = written.apply(Collections.max(values));
    return low.equals(high) ? low : "%s to %s".formatted(low, high);
  }

  private String written(double value) {
    return NumberWords.of(value, output.metric().unit());
  }

  private String points() {
    return output.metric().unit() == Metric.Unit.SHARE ? " points" : "";
  }

  private String signed(double value) {
    return NumberWords.difference(value, output.metric().unit());
  }

  private static String lowerCase(String label) {
    return Character.toLowerCase(label.charAt(0)) + label.substring(1);
  }

  /** The axes and parameters at whose positions other images or jobs are measured. */
  private Stream<Axis> apart() {
    return Stream.concat(
        output.axes().stream().filter(OnImages.POSITION::contains), parameters.stream());
  }

  /** The rows of each network at each position on these axes, over all other positions. */
  private Collection<List<Row>> groups(List<String> axes) {
    List<String> kept = Stream.concat(axes.stream(), apart().map(Axis::name)).toList();
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row ->
                    Stream.concat(
                            Stream.of(String.valueOf(row.configuration()), row.set()),
                            kept.stream().map(name -> text(row, name)))
                        .toList(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  /** What a group of rows compares, for example: BagNet-9 heatmap. */
  private String label(Row row) {
    List<String> words = new ArrayList<>(List.of(names.of(row)));
    OutputReading reading = output.reading().orElseThrow();
    String axis = reading instanceof OutputReading.FromPosition from ? from.axis().name() : "";
    if (!axis.isEmpty()) {
      words.add(text(row, axis));
    }
    apart()
        .filter(each -> varies(each.name()))
        .map(each -> position(each, row))
        .forEach(words::add);
    if (severalSets()) {
      words.add(row.set());
    }
    return String.join(" ", words);
  }

  /** A row's network and position, for example: BagNet-9, gap between patches 8 px. */
  private String place(Row row) {
    return Stream.concat(
            Stream.concat(
                Stream.of(names.of(row)),
                Stream.concat(output.axes().stream(), parameters.stream())
                    .filter(axis -> varies(axis.name()) && row.at().containsKey(axis.name()))
                    .map(axis -> position(axis, row))),
            severalSets() ? Stream.of(row.set()) : Stream.empty())
        .collect(Collectors.joining(", "));
  }

  private boolean severalSets() {
    return rows.stream().map(Row::set).distinct().count() > 1;
  }

  private boolean varies(String axis) {
    return rows.stream().map(row -> text(row, axis)).distinct().count() > 1;
  }

  private static String position(Axis axis, Row row) {
    return "%s %s%s"
        .formatted(
            lowerCase(axis.label()),
            text(row, axis.name()),
            axis.unit().map(unit -> " " + unit).orElse(""));
  }

  private static String text(Row row, String axis) {
    JsonNode value = row.at().get(axis);
    return value == null ? "" : value.asText();
  }

  private static Map<String, JsonNode> without(Row row, String axis) {
    Map<String, JsonNode> at = new LinkedHashMap<>(row.at());
    at.remove(axis);
    return at;
  }
}
