package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/**
 * Says what the numbers of an output show, and no more than their intervals and seeds allow: one
 * sentence for each verdict, with the networks that it is true of and their numbers. Each interval
 * is one of 95 % on its own.
 */
final class Conclusions {

  /** With fewer seeds, numbers that are not shares of images have no interval. */
  private static final int FEWEST_SEEDS = 3;

  private final Output output;
  private final List<Axis> parameters;
  private final List<Row> rows;
  private final NetworkNames names;

  private Conclusions(Output output, List<Axis> parameters, List<Row> rows) {
    this.output = output;
    this.parameters = parameters;
    this.rows = rows;
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
    Conclusions conclusions = new Conclusions(output, parameters, rows);
    return output
        .reading()
        .map(
            reading ->
                switch (reading) {
                  case OutputReading.Boundary boundary -> conclusions.by(boundary);
                  case OutputReading.FromPosition from -> conclusions.by(from);
                  case OutputReading.FromOutput from ->
                      conclusions.by(from, others.apply(from.output()));
                  case OutputReading.Range range -> conclusions.range();
                })
        .orElse(List.of());
  }

  // Boundaries.

  /** On which side of a boundary numbers are. */
  private enum Side {
    REACHED,
    BELOW,
    SOME,
    OPEN
  }

  private List<String> by(OutputReading.Boundary boundary) {
    Map<Side, List<String>> sides = new LinkedHashMap<>();
    for (List<Row> all : byNetwork()) {
      List<Row> compared = boundary.compared() == Compared.LAST_MEANS ? last(all) : all;
      List<Side> each = compared.stream().map(row -> side(row, boundary)).toList();
      Set<Side> different = Set.copyOf(each);
      Side side =
          different.size() == 1
              ? each.get(0)
              : different.contains(Side.REACHED) ? Side.SOME : Side.OPEN;
      long reached = each.stream().filter(Side.REACHED::equals).count();
      String numbers = boundary.compared() == Compared.RUNS ? ofRuns(compared) : spread(compared);
      sides
          .computeIfAbsent(side, any -> new ArrayList<>())
          .add(
              "%s (%s)"
                  .formatted(
                      names.of(all.get(0)),
                      side == Side.SOME
                          ? "%d of %d, %s".formatted(reached, each.size(), numbers)
                          : numbers));
    }
    List<String> sentences = new ArrayList<>();
    sentence(sentences, boundary.reached(), sides.get(Side.REACHED));
    sentence(sentences, boundary.reached() + ", at some positions only", sides.get(Side.SOME));
    sentence(sentences, boundary.below(), sides.get(Side.BELOW));
    sentence(
        sentences,
        "Nothing can be concluded about the side of %s"
            .formatted(NumberWords.boundary(boundary.at(), output.metric().unit())),
        sides.get(Side.OPEN));
    return withScope(sentences);
  }

  private static Side side(Row row, OutputReading.Boundary boundary) {
    Measured value = row.value();
    if (boundary.compared() == Compared.RUNS) {
      if (value.values().stream().allMatch(each -> each >= boundary.at())) {
        return Side.REACHED;
      }
      return value.values().stream().allMatch(each -> each < boundary.at())
          ? Side.BELOW
          : Side.OPEN;
    }
    if (value.low().filter(low -> low >= boundary.at()).isPresent()) {
      return Side.REACHED;
    }
    return value.high().filter(high -> high < boundary.at()).isPresent() ? Side.BELOW : Side.OPEN;
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
    List<Row> references =
        rows.stream().filter(row -> from.position().equals(text(row, axis))).toList();
    List<Compare> compared =
        groups(axis).stream()
            .filter(group -> !from.position().equals(text(group.get(0), axis)))
            .map(
                group ->
                    compare(
                        group,
                        references,
                        (row, reference) -> without(row, axis).equals(without(reference, axis))))
            .toList();
    return compared(compared, from.higher(), from.lower());
  }

  private List<String> by(OutputReading.FromOutput from, List<Row> references) {
    return compared(
        groups("").stream()
            .map(
                group ->
                    compare(
                        group,
                        references,
                        (row, reference) ->
                            row.at().entrySet().containsAll(reference.at().entrySet())))
            .toList(),
        from.higher(),
        from.lower());
  }

  /** Whether two rows of a network belong together. */
  private interface Match {
    boolean test(Row row, Row reference);
  }

  /**
   * A comparison of a network with a reference.
   *
   * @param of what is compared
   * @param differences of each run that has both, as the mean over positions
   */
  private record Compare(String of, List<Double> differences) {

    /** The interval of the mean over seeds; empty if there are too few. */
    Optional<Interval> interval() {
      return differences.size() < FEWEST_SEEDS
          ? Optional.empty()
          : Optional.of(Interval.overSeeds(differences));
    }
  }

  private Compare compare(List<Row> group, List<Row> references, Match match) {
    Map<Long, List<Double>> byRun = new LinkedHashMap<>();
    for (Row row : group) {
      Map<Long, Double> reference =
          references.stream()
              .filter(
                  each ->
                      each.configuration() == row.configuration()
                          && each.set().equals(row.set())
                          && match.test(row, each))
              .findFirst()
              .map(Conclusions::valueOfRun)
              .orElse(Map.of());
      valueOfRun(row)
          .forEach(
              (run, value) -> {
                Double other = reference.get(run);
                if (other != null) {
                  byRun.computeIfAbsent(run, any -> new ArrayList<>()).add(value - other);
                }
              });
    }
    // A run that lacks positions is not comparable with the others.
    int positions = byRun.values().stream().mapToInt(List::size).max().orElse(0);
    return new Compare(
        label(group.get(0)),
        byRun.values().stream()
            .filter(each -> each.size() == positions)
            .map(Interval::mean)
            .toList());
  }

  private static Map<Long, Double> valueOfRun(Row row) {
    Map<Long, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < row.runs().size(); i++) {
      values.put(row.runs().get(i), row.value().values().get(i));
    }
    return values;
  }

  private List<String> compared(List<Compare> all, String higher, String lower) {
    List<String> above = new ArrayList<>();
    List<String> below = new ArrayList<>();
    List<String> open = new ArrayList<>();
    List<String> few = new ArrayList<>();
    for (Compare each : all) {
      if (each.differences().isEmpty()) {
        continue;
      }
      String mean = difference(Interval.mean(each.differences()));
      Optional<Interval> interval = each.interval();
      if (interval.isEmpty()) {
        few.add("%s (%s)".formatted(each.of(), mean));
        continue;
      }
      double low = interval.get().low();
      double high = interval.get().high();
      (low > 0 ? above : high < 0 ? below : open)
          .add("%s (%s, 95 %% %s to %s)".formatted(each.of(), mean, signed(low), signed(high)));
    }
    List<String> sentences = new ArrayList<>();
    sentence(sentences, higher, above);
    sentence(sentences, lower, below);
    sentence(sentences, "No difference is found", open);
    sentence(sentences, "Nothing can be concluded from fewer than three seeds", few);
    if (sentences.isEmpty()) {
      sentences.add("Nothing can be concluded: what these numbers are compared with is missing.");
    }
    return sentences;
  }

  // Ranges.

  private List<String> range() {
    Comparator<Row> byMean = Comparator.comparingDouble(row -> row.value().mean());
    Row lowest = rows.stream().min(byMean).orElseThrow();
    Row highest = rows.stream().max(byMean).orElseThrow();
    if (written(lowest.value().mean()).equals(written(highest.value().mean()))) {
      return withScope(
          List.of(
              rows.size() == 1
                  ? "%s: %s.".formatted(place(lowest), spread(rows))
                  : "The same for all: %s.".formatted(written(lowest.value().mean()))));
    }
    return withScope(
        List.of(
            "From %s (%s) to %s (%s); %s."
                .formatted(
                    written(lowest.value().mean()),
                    place(lowest),
                    written(highest.value().mean()),
                    place(highest),
                    apart(lowest.value(), highest.value()))));
  }

  private static String apart(Measured lowest, Measured highest) {
    if (lowest.high().isEmpty() || highest.low().isEmpty()) {
      return "without intervals, nothing can be concluded about which is larger";
    }
    return lowest.high().get() < highest.low().get()
        ? "their 95 % intervals do not overlap"
        : "their 95 % intervals overlap, so nothing can be concluded about which is larger";
  }

  // Words.

  private static void sentence(List<String> sentences, String words, @Nullable List<String> of) {
    if (of != null && !of.isEmpty()) {
      sentences.add("%s: %s.".formatted(words, String.join(", ", of)));
    }
  }

  /** Adds which networks have too few seeds to tell of others. */
  private List<String> withScope(List<String> sentences) {
    List<Row> few = rows.stream().filter(row -> row.value().n() < FEWEST_SEEDS).toList();
    if (few.isEmpty()) {
      return sentences;
    }
    List<String> of = few.stream().map(names::of).distinct().toList();
    boolean all = of.size() == byNetwork().size();
    return Stream.concat(
            sentences.stream(),
            Stream.of(
                "Fewer than three seeds%s: this tells of these runs, not of other seeds."
                    .formatted(all ? "" : " of " + String.join(", ", of))))
        .toList();
  }

  /** The numbers of rows: the mean and its interval, or the smallest and largest mean. */
  private String spread(List<Row> of) {
    if (of.size() == 1) {
      Measured value = of.get(0).value();
      return written(value.mean())
          + value
              .low()
              .flatMap(
                  low ->
                      value
                          .high()
                          .map(high -> ", 95 %% %s to %s".formatted(written(low), written(high))))
              .orElse("");
    }
    return ends(of.stream().map(row -> row.value().mean()));
  }

  /** The smallest and the largest number of any run. */
  private String ofRuns(List<Row> of) {
    return ends(of.stream().flatMap(row -> row.value().values().stream()));
  }

  private String ends(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    String low = written(sorted.get(0));
    String high = written(sorted.get(sorted.size() - 1));
    return low.equals(high) ? low : "%s to %s".formatted(low, high);
  }

  private String written(double value) {
    return NumberWords.of(value, output.metric().unit());
  }

  private String difference(double value) {
    return output.metric().unit() == Metric.Unit.SHARE ? signed(value) + " points" : signed(value);
  }

  private String signed(double value) {
    return NumberWords.difference(value, output.metric().unit());
  }

  /** The rows of each network. */
  private Collection<List<Row>> byNetwork() {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::configuration, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** The axes and parameters at whose positions numbers are compared apart. */
  private Stream<Axis> apart(String axis) {
    return Stream.concat(
        output.axes().stream()
            .filter(each -> each.name().equals(axis) || OnImages.POSITION.contains(each)),
        parameters.stream());
  }

  /** The rows of each network at each position on an axis, over all other positions. */
  private Collection<List<Row>> groups(String axis) {
    List<String> kept = apart(axis).map(Axis::name).toList();
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
    apart("")
        .filter(each -> varies(each.name()))
        .map(each -> position(each, row))
        .forEach(words::add);
    if (rows.stream().map(Row::set).distinct().count() > 1) {
      words.add(row.set());
    }
    return String.join(" ", words);
  }

  /** A row's network and position, for example: BagNet-9, gap between patches 8 px. */
  private String place(Row row) {
    return Stream.concat(
            Stream.of(names.of(row)),
            Stream.concat(output.axes().stream(), parameters.stream())
                .filter(axis -> varies(axis.name()) && row.at().containsKey(axis.name()))
                .map(axis -> position(axis, row)))
        .collect(Collectors.joining(", "));
  }

  private boolean varies(String axis) {
    return rows.stream().map(row -> text(row, axis)).distinct().count() > 1;
  }

  private static String position(Axis axis, Row row) {
    return "%s%s %s%s"
        .formatted(
            Character.toLowerCase(axis.label().charAt(0)),
            axis.label().substring(1),
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
